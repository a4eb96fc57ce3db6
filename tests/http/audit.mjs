// Runs every server audit of graphql-http against one address: node audit.mjs URL
// Exit code 0 when all of them are ok, 1 when one is not, 2 on wrong usage.
import { serverAudits } from 'graphql-http';

const KNOWN_AUDITS = 61; // of graphql-http 1.23; fewer would mean that a part was not asked
const DEADLINE_MS = 5_000; // of one request, so that a silent server fails an audit and not the run

const [url, ...surplus] = process.argv.slice(2);
if (!URL.canParse(url ?? '') || surplus.length > 0) {
  console.error('usage: node audit.mjs URL');
  process.exit(2);
}

const audits = serverAudits({ url, fetchFn: fetchInTime });
let passed = 0;
let failed = 0;
for (const audit of audits) {
  const { status, reason } = await verdict(audit);
  if (status === 'ok') passed += 1;
  else {
    failed += 1;
    console.log(`${status} ${audit.id} ${audit.name}: ${reason}`);
  }
}
if (audits.length < KNOWN_AUDITS) console.log(`error: ${audits.length} audits, at least ${KNOWN_AUDITS} are known`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed >= KNOWN_AUDITS ? 0 : 1;

function fetchInTime(input, init) {
  return fetch(input, { ...init, signal: AbortSignal.timeout(DEADLINE_MS) });
}

/** The result of one audit; it throws for what is no answer at all, which is an error like any other. */
async function verdict(audit) {
  try {
    return await audit.fn();
  } catch (error) {
    const cause = error.cause?.code ?? error.cause?.message;
    return { status: 'error', reason: cause ? `${error.message} (${cause})` : error.message };
  }
}
