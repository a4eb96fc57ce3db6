// Keeps a copy of a Rolegraph catalogue in a file; nothing but Node 20 or newer.
//
//     ROLEGRAPH_KEY=rg_live_… node mirror.ts http://127.0.0.1:8080 copy.ndjson
//
// (Node 22.18 and newer run TypeScript as it is; for older ones compile it first, with `tsc`.)
//
// The copy begins with /export, which is the whole catalogue at one version, and then follows the
// changes over an event stream. It is a log: every line says what became of one thing, and behind
// which change to go on. Lines are only ever added, and the last one counts, so that the copy may be
// killed and started again at any moment. The key needs the scope changes:read.

import { type FileHandle, open, rename, readFile } from 'node:fs/promises';
import process from 'node:process';

/** What is kept of a role, a category or a skill; null when it is gone. */
type Content = Record<string, unknown> | null;
type Kind = 'role' | 'category' | 'skill';

/** A line of the copy. */
interface Entry {
  cursor: string;
  kind?: Kind;
  id?: string;
  content?: Content;
}

/** A change, as the subscription tells it. */
interface Change {
  cursor: string;
  entity: 'ROLE' | 'CATEGORY' | 'SKILL' | 'SOURCE' | 'CONCEPT' | 'SCHEME';
  entityId: string;
  node: Record<string, any> | null;
}

/** A result of GraphQL. */
interface Result {
  data?: { changes: Change } | null;
  errors?: { message: string; extensions: { code: string } }[];
}

/** The changes behind the cursor are not kept any more: the copy has to begin anew. */
class Expired extends Error {}

/** Trying again cannot help. */
class Refused extends Error {}

const LONGEST_PAUSE = 30_000;
const SUBSCRIPTION = `
  subscription Changes($after: String!) {
    changes(after: $after) {
      cursor
      entity
      entityId
      node {
        ... on Role {
          slug locale title summary revision updatedAt
          categories { id }
          duties { text }
          sections { heading body }
          faqs { question answer }
        }
        ... on Category { slug name parent { id } }
        ... on Skill { slug name kind }
      }
    }
  }
`;

/** The server. */
class Catalogue {
  private readonly address: string;
  private readonly key: string;

  constructor(address: string, key: string) {
    this.address = address;
    this.key = key;
  }

  /** Every line of the export; fails when its last line is missing. */
  async *export(): AsyncGenerator<Record<string, any>> {
    const answer = await this.send('/export', {});
    for await (const text of lines(answer)) {
      const line = JSON.parse(text);
      yield line;
      if (line.type === 'trailer') return;
    }
    throw new Error('the export broke off');
  }

  /** Every change behind a cursor, as long as the stream lasts. */
  async *changes(after: string): AsyncGenerator<Change> {
    const answer = await this.send('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: SUBSCRIPTION, variables: { after } }),
    });
    for await (const line of lines(answer)) {
      // Lines between events, and those that only show that the server is there.
      if (!line.startsWith('data: ')) continue;
      const result: Result = JSON.parse(line.slice('data: '.length));
      for (const { message, extensions } of result.errors ?? []) {
        if (extensions.code === 'CURSOR_EXPIRED') throw new Expired();
        throw new (extensions.code === 'FORBIDDEN' ? Refused : Error)(message);
      }
      if (result.data) yield result.data.changes;
    }
  }

  private async send(path: string, request: RequestInit): Promise<Response> {
    const headers = { ...request.headers, authorization: `Bearer ${this.key}` };
    const answer = await fetch(this.address.replace(/\/$/, '') + path, { ...request, headers });
    if (answer.ok) return answer;
    const problem = `${path}: ${answer.status}: ${await answer.text()}`;
    const mayHelp = [408, 429].includes(answer.status) || answer.status >= 500;
    throw new (mayHelp ? Error : Refused)(problem);
  }
}

/** The lines of a body, as they arrive. */
async function* lines(answer: Response): AsyncGenerator<string> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of answer.body as unknown as AsyncIterable<Uint8Array>) {
    const whole = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = whole.pop() ?? '';
    yield* whole;
  }
}

/** The file. */
class Copy {
  /** Behind which change to go on; null before the copy is whole. */
  cursor: string | null = null;
  private readonly path: string;
  private file: FileHandle | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /** Reads what there is; a line that was not finished is cut off. */
  async load(): Promise<void> {
    const bytes = await readFile(this.path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (bytes === null) return;
    const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    const last = whole.toString().trimEnd().split('\n').pop();
    if (!last) return;
    this.cursor = (JSON.parse(last) as Entry).cursor;
    this.file = await open(this.path, 'r+');
    await this.file.truncate(whole.length);
    await this.file.close();
    this.file = await open(this.path, 'a');
  }

  /** Everything anew, beside what there is until it is whole. */
  async begin(lines: AsyncIterable<Record<string, any>>): Promise<void> {
    const beside = await open(`${this.path}.new`, 'w');
    let cursor = '';
    for await (const line of lines) {
      if (line.type === 'header') cursor = line.cursor;
      const entry = ofLine(line);
      if (entry) await beside.appendFile(`${JSON.stringify({ cursor, ...entry })}\n`);
    }
    await beside.appendFile(`${JSON.stringify({ cursor })}\n`);
    await beside.sync();
    await beside.close();
    await this.file?.close();
    await rename(`${this.path}.new`, this.path);
    this.file = await open(this.path, 'a');
    this.cursor = cursor;
  }

  /** Takes in a change. */
  async add(change: Change): Promise<void> {
    const entry: Entry = { cursor: change.cursor, ...ofChange(change) };
    await this.file?.appendFile(`${JSON.stringify(entry)}\n`);
    await this.file?.datasync();
    this.cursor = change.cursor;
  }
}

/** What a line of the export says. */
function ofLine(line: Record<string, any>): Omit<Entry, 'cursor'> | null {
  const { type: kind, id, slug, document, kind: sort } = line;
  switch (kind) {
    case 'role':
      return {
        kind,
        id,
        content: {
          slug,
          locale: document.locale,
          title: document.title,
          summary: document.summary ?? null,
          revision: line.revision,
          updatedAt: line.updatedAt,
          categories: line.categoryIds,
          duties: (document.duties ?? []).map(text),
          sections: (document.sections ?? []).map(section),
          faqs: (document.faqs ?? []).map(faq),
        },
      };
    case 'category':
      return { kind, id, content: { slug, name: line.path.at(-1), parent: line.parentId ?? null } };
    case 'skill':
      return { kind, id, content: { slug, name: line.name, kind: sort } };
    default:
      return null;
  }
}

/** What a change says; what is gone, or not public any more, is null. */
function ofChange({ entity, entityId: id, node }: Change): Omit<Entry, 'cursor'> {
  switch (entity) {
    case 'ROLE':
      return {
        kind: 'role',
        id,
        content: node && {
          ...node,
          categories: node.categories.map((category: { id: string }) => category.id),
          duties: node.duties.map(text),
          sections: node.sections.map(section),
          faqs: node.faqs.map(faq),
        },
      };
    case 'CATEGORY':
      return { kind: 'category', id, content: node && { ...node, parent: node.parent?.id ?? null } };
    case 'SKILL':
      return { kind: 'skill', id, content: node };
    case 'SOURCE':
    case 'CONCEPT':
    case 'SCHEME':
      return {};
  }
}

const text = (duty: { text: string }) => duty.text;
const section = (part: { heading: string; body: string }) => [part.heading, part.body];
const faq = (faq: { question: string; answer: string }) => [faq.question, faq.answer];

/** Follows until the stream ends, or until a cursor is reached; whether it was. */
async function follow(catalogue: Catalogue, copy: Copy, until?: string): Promise<boolean> {
  if (copy.cursor === null) await copy.begin(catalogue.export());
  if (copy.cursor === until) return true;
  try {
    for await (const change of catalogue.changes(copy.cursor ?? '')) {
      await copy.add(change);
      if (copy.cursor === until) return true;
    }
  } catch (problem) {
    if (!(problem instanceof Expired)) throw problem;
    await copy.begin(catalogue.export());
  }
  return copy.cursor === until;
}

async function main(): Promise<void> {
  const [address, path, until] = process.argv.slice(2);
  const key = process.env.ROLEGRAPH_KEY;
  if (!address || !path || !key) {
    throw new Refused('usage: ROLEGRAPH_KEY=… node mirror.ts ADDRESS FILE [LAST-CURSOR]');
  }
  const catalogue = new Catalogue(address, key);
  const copy = new Copy(path);
  await copy.load();
  for (let failures = 0; ; ) {
    const before = copy.cursor;
    try {
      if (await follow(catalogue, copy, until)) process.exit(0);
      failures = 0;
    } catch (problem) {
      if (problem instanceof Refused) throw problem;
      failures = copy.cursor === before ? failures + 1 : 1;
      console.error(`mirror: ${problem}: trying again`);
    }
    const pause = Math.min(LONGEST_PAUSE, 100 * 2 ** failures) * (0.5 + Math.random() / 2);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

main().catch((problem) => {
  console.error(`mirror: ${problem.message}`);
  process.exit(1);
});
