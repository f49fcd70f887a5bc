import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('an untrusted workspace', () => {
  it('is untrusted', () => {
    assert.equal(vscode.workspace.isTrusted, false);
    assert.ok(vscode.extensions.getExtension('kubeharden.kubeharden'));
  });
});
