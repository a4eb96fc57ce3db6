// Builds the playground: `npm ci && node build.mjs`, then commit dist/.
import { build } from 'esbuild';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

process.chdir(import.meta.dirname);

const CDN = /unpkg\.com|esm\.sh|jsdelivr|cdnjs|cloudflare|skypack|jspm\.|googleapis|gstatic/;

// Packages published without a licence text, and the sibling of the same authors whose text applies.
const LICENCE_TEXT_OF = {
  '@graphiql/plugin-doc-explorer': 'graphiql',
  '@graphiql/plugin-history': 'graphiql',
  'react-compiler-runtime': 'react',
  'react-remove-scroll-bar': 'react-remove-scroll',
};

// graphiql/style.css already holds the editor's styles and icon font.
const editorStylesOnce = {
  name: 'editor-styles-once',
  setup({ onLoad }) {
    onLoad({ filter: /monaco-editor[\\/]esm[\\/].*\.css$/ }, () => ({ contents: '', loader: 'empty' }));
  },
};

// What the page needs to know of the files around it: `import { examples, workers } from 'playground:content'`.
// A module, because a `define` would change the hashed name of every output with every edit of an example.
const content = {
  name: 'content',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^playground:content$/ }, ({ path }) => ({ path, namespace: 'content' }));
    onLoad({ filter: /.*/, namespace: 'content' }, () => ({
      loader: 'json',
      contents: JSON.stringify({
        examples: examples(),
        workers: {
          editor: output(/^editor\.worker-.*\.js$/),
          json: output(/^json\.worker-.*\.js$/),
          graphql: output(/^graphql\.worker-.*\.js$/),
        },
      }),
    }));
  },
};

const shared = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  outdir: 'out',
  entryNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  legalComments: 'none',
  plugins: [editorStylesOnce],
  metafile: true,
  // GraphiQL asks for the old names, whose UMD files lose their parsers in an ES module: prettify would fail.
  alias: {
    'prettier/parser-babel': 'prettier/plugins/babel',
    'prettier/parser-graphql': 'prettier/plugins/graphql',
  },
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.svg': 'file' },
};

for (const dir of ['out', 'dist']) {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir);
}

const workers = await build({
  ...shared,
  entryPoints: {
    'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
    'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
    'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
  },
});
const page = await build({
  ...shared,
  entryPoints: { graphiql: 'src/main.jsx' },
  jsx: 'automatic',
  splitting: true,
  plugins: [editorStylesOnce, content],
});

const html = readFileSync('src/index.html', 'utf8')
  .replace('{icon}', output(/^icon-.*\.svg$/))
  .replace('{stylesheet}', output(/^graphiql-.*\.css$/))
  .replace('{script}', output(/^graphiql-.*\.js$/));
writeFileSync('out/index.html', html);
for (const name of readdirSync('out')) {
  const found = readFileSync(`out/${name}`, 'utf8').match(CDN);
  if (found) throw new Error(`${name} names a CDN: ${found[0]}`);
}

writeFileSync('out/THIRD-PARTY-NOTICES', notices(packages(workers, page)));
let plain = 0;
let packed = 0;
for (const name of readdirSync('out').sort()) {
  const bytes = readFileSync(`out/${name}`);
  const small = brotliCompressSync(bytes); // quality 11 is the default
  writeFileSync(`dist/${name}.br`, small);
  plain += bytes.length;
  packed += small.length;
}
for (const name of ['index.html', 'THIRD-PARTY-NOTICES']) { // readable in the repository as well
  writeFileSync(`dist/${name}`, readFileSync(`out/${name}`));
}
console.log(`${readdirSync('out').length} files, ${plain} bytes, ${packed} bytes as brotli`);

/** The tabs of a first visit: examples/*.graphql in file-name order, each with its variables. */
function examples() {
  const files = readdirSync('examples').filter((name) => name.endsWith('.graphql')).sort();
  return files.map((name) => {
    const variables = `examples/${name.replace(/\.graphql$/, '.variables.json')}`;
    return {
      query: readFileSync(`examples/${name}`, 'utf8').trimEnd(),
      ...(existsSync(variables) && { variables: readFileSync(variables, 'utf8').trimEnd() }),
    };
  });
}

/** The one built file whose name matches. */
function output(pattern) {
  const found = readdirSync('out').filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`${pattern} matches ${found.length} files of out/`);
  return found[0];
}

/** Folders of the packages that contributed to the builds, sorted by name. */
function packages(...builds) {
  const folders = new Set();
  for (const input of builds.flatMap(({ metafile }) => Object.keys(metafile.inputs))) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder) folders.add(folder);
  }
  return [...folders].sort();
}

/** The licence texts of the packages, each with the packages it belongs to, then those of the fonts. */
function notices(folders) {
  const holders = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const source = LICENCE_TEXT_OF[name] ? `node_modules/${LICENCE_TEXT_OF[name]}` : folder;
    const files = readdirSync(source).filter((file) => /^(licen[cs]e|notice|third-?party-?notices)/i.test(file)).sort();
    if (files.length === 0) throw new Error(`${name} has no licence text: add it to LICENCE_TEXT_OF`);
    for (const file of files) {
      const text = tidy(`${source}/${file}`);
      holders.set(text, [...(holders.get(text) ?? []), `${name} ${version} (${license})`]);
    }
  }
  const texts = [...holders].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  const fonts = readdirSync('licences').sort().map((file) => `${tidy(`licences/${file}`)}\n`);
  const rule = `\n${'-'.repeat(78)}\n\n`;
  return ['The playground contains the following packages and fonts.\n', ...texts, ...fonts].join(rule);
}

/** A text file with plain line ends and nothing at the end of lines. */
function tidy(file) {
  return readFileSync(file, 'utf8').replace(/[ \t\r]+$/gm, '').trim();
}
