// Texts to tokens, as Visual Studio Code makes them: `node tokenize.js FOLDER GRAMMAR`, where the
// folder is what scripts/tokenizer prints. Reads a JSON array of texts, writes an array of tokens
// for each: first byte, end, scope.
const fs = require("fs");
const path = require("path");
const [folder, grammarFile] = process.argv.slice(2);
const modules = path.join(folder, "node_modules");
const oniguruma = require(path.join(modules, "vscode-oniguruma"));
const textmate = require(path.join(modules, "vscode-textmate"));

const wasm = fs.readFileSync(path.join(modules, "vscode-oniguruma/release/onig.wasm"));
const onigLib = oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length)).then(() => ({
  createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
  createOnigString: (text) => new oniguruma.OnigString(text),
}));
const registry = new textmate.Registry({
  onigLib,
  loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(grammarFile, "utf8"), grammarFile),
});

registry.loadGrammar("source.kpi").then((grammar) => {
  const texts = JSON.parse(fs.readFileSync(0, "utf8"));
  const all = texts.map((text) => {
    const tokens = [];
    let state = textmate.INITIAL;
    let start = 0;
    for (const line of text.split("\n")) {
      const read = grammar.tokenizeLine(line, state);
      state = read.ruleStack;
      for (const token of read.tokens) {
        const at = (column) => start + Buffer.byteLength(line.slice(0, column));
        tokens.push([at(token.startIndex), at(token.endIndex), token.scopes[token.scopes.length - 1]]);
      }
      start += Buffer.byteLength(line) + 1;
    }
    return tokens;
  });
  fs.writeSync(1, JSON.stringify(all));
}).catch((error) => { console.error(error); process.exit(1); });
