// The client of `tieout serve`: starts it on standard streams, and tells it of rule files and of the release that settings name.
"use strict";

const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

function settings() {
  return vscode.workspace.getConfiguration("tieout");
}

async function start() {
  const [command, ...args] = settings().get("command");
  client = new LanguageClient(
    "tieout",
    "tieout",
    { command, args, transport: TransportKind.stdio },
    {
      documentSelector: [{ language: "tieout-rules" }],
      initializationOptions: { release: settings().get("release") },
      synchronize: { configurationSection: "tieout" },
    },
  );
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(`tieout: ${command} does not start (${error.message}). Install it with: pip install 'tieout[serve]'`);
  }
}

async function restart() {
  await deactivate();
  await start();
}

async function useRelease() {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.document.uri.scheme !== "file" || editor.document.languageId === "tieout-rules") {
    vscode.window.showWarningMessage("tieout: open the release first; it is the file in front.");
    return;
  }
  const target = vscode.workspace.workspaceFolders === undefined ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
  await settings().update("release", editor.document.uri.fsPath, target);
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("tieout.useRelease", useRelease),
    vscode.commands.registerCommand("tieout.restart", restart),
  );
  await start();
}

async function deactivate() {
  if (client !== undefined && client.needsStop()) {
    await client.stop();
  }
  client = undefined;
}

module.exports = { activate, deactivate };
