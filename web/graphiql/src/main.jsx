// The playground. Endpoints come from data attributes, so that the page needs no inline script.
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { Kind, parse } from 'graphql';
import 'graphiql/style.css';
import './page.css';
import icon from './icon.svg';
import { examples, workers } from 'playground:content'; // see build.mjs

const beside = (file) => new URL(file, import.meta.url);

globalThis.MonacoEnvironment = {
  getWorker: (_module, label) => new Worker(beside(workers[label] ?? workers.editor), { type: 'module' }),
};

const root = document.getElementById('graphiql');
const socket = new URL(root.dataset.subscriptions, location.href.replace(/^http/, 'ws'));
const send = createGraphiQLFetcher({
  url: root.dataset.endpoint,
  subscriptionUrl: socket.href,
  enableIncrementalDelivery: false, // the server has no @defer and no multipart answers
});

const fetcher = (request, options) => {
  const document = parsed(request.query);
  return send(
    { ...request, operationName: operationName(request.operationName, document) },
    { ...options, headers: lowerCase(options?.headers), documentAST: document ?? options?.documentAST },
  );
};

/** `null` when the text is no GraphQL document: the server says why. */
function parsed(text) {
  try {
    return parse(text);
  } catch {
    return null;
  }
}

/** The only operation of the document, else the selected one: right after a change of tabs that is still the old tab's. */
function operationName(selected, document) {
  const operations = document?.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION) ?? [];
  return operations.length === 1 ? operations[0].name?.value : selected;
}

/** Header names in lower case: over a socket they become `connection_init.payload.authorization`. */
function lowerCase(headers = {}) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Hands a change of the system's colour scheme on to the editors, which look only once. */
function FollowSystemTheme() {
  const chosen = useGraphiQL(({ theme }) => theme);
  const { setTheme } = useGraphiQLActions();
  useEffect(() => {
    if (chosen) return undefined;
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setTheme(null);
    scheme.addEventListener('change', follow);
    return () => scheme.removeEventListener('change', follow);
  }, [chosen, setTheme]);
  return null;
}

createRoot(root).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={examples}
    defaultEditorToolsVisibility
    inputValueDeprecation
  >
    <GraphiQL.Logo>
      <span className="playground-name"><img src={beside(icon)} alt="" />Rolegraph</span>
    </GraphiQL.Logo>
    <FollowSystemTheme />
  </GraphiQL>,
);
