// How the Go extension (golang/vscode-go 0.58) reads flags, transcribed from its source so that JavaScript itself runs
// it: parseArgsString of utils/argsUtil.ts, and removeGcflags of goDebugConfiguration.ts (Copyright The Go Authors, MIT
// License). Reads an array of strings as JSON, and writes one of [words or null, text without -gcflags].

const { readFileSync } = require('fs');

function words(args) {
  const found = [];
  let word = '';
  let buffered = false;
  for (let i = 0; i < args.length; ) {
    if (args[i] === "'" || args[i] === '"') {
      const quote = args[i];
      let j = i + 1;
      let k = i + 1;
      while (k < args.length && args[k] !== quote) {
        if (args[k] === '\\' && k + 1 < args.length && (args[k + 1] === "'" || args[k + 1] === '"')) {
          word += args.slice(j, k) + args.charAt(k + 1);
          j = k + 2;
          k = k + 2;
        } else {
          k++;
        }
      }
      if (k >= args.length) {
        return null;
      }
      buffered = true;
      word += args.slice(j, k);
      i = k + 1;
    } else if (args[i] === '\\' && i + 1 < args.length && (args[i + 1] === "'" || args[i + 1] === '"')) {
      buffered = true;
      word += args.charAt(i + 1);
      i = i + 2;
    } else if (args[i] !== ' ') {
      let j = i + 1;
      while (j < args.length && args[j] !== ' ' && args[j] !== "'" && args[j] !== '"' && args[j] !== '\\') {
        j++;
      }
      buffered = true;
      word += args.slice(i, j);
      i = j;
    } else {
      if (buffered) {
        found.push(word);
        word = '';
        buffered = false;
      }
      i++;
    }
  }
  if (buffered) {
    found.push(word);
  }
  return found;
}

function withoutGcflags(args) {
  const gcflags = /(^|\s)(-gcflags)(=| )('[^']*'|"[^"]*"|[^'"\s]+)+/;
  while (args.search(gcflags) >= 0) {
    args = args.replace(gcflags, '');
  }
  return args;
}

const inputs = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(inputs.map((input) => [words(input), withoutGcflags(input)])));
