#!/bin/sh
# Keeps a copy of a Rolegraph catalogue as files, with curl and jq:
#
#   ROLEGRAPH_KEY=rg_live_… docs/examples/sync.sh http://127.0.0.1:8080 copy
#
# Each run takes in what is new and ends; cron or a systemd timer starts the next one. The copy has a
# file for every role, category and skill (copy/role/role_….json), and copy/cursor says behind which
# change to go on. The cursor moves after the files, so that a run that is killed is made up for by
# the next one: what it takes in twice is the same. The key needs the scope changes:read.
set -eu

address=${1:?"usage: sync.sh ADDRESS DIRECTORY"}
copy=${2:?"usage: sync.sh ADDRESS DIRECTORY"}
key=${ROLEGRAPH_KEY:?"set ROLEGRAPH_KEY to a key with the scope changes:read"}
page=$(mktemp)
rows=$(mktemp)
trap 'rm -f "$page" "$rows"' EXIT

query='query Changes($after: String!) {
  changes(after: $after, first: 50, entities: [ROLE, CATEGORY, SKILL]) {
    nodes {
      entity entityId
      node {
        ... on Role {
          slug locale title summary revision updatedAt categories { id }
          duties { text } sections { heading body } faqs { question answer }
        }
        ... on Category { slug name parent { id } }
        ... on Skill { slug name kind }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}'

# From a line of the export: what it is about, its id, and what is kept of it.
of_line='select(.type | IN("role", "category", "skill")) | .type, .id, (
  if .type == "role" then {
    slug, locale: .document.locale, title: .document.title, summary: .document.summary, revision,
    updatedAt, categories: .categoryIds,
    duties: [.document.duties[]?.text],
    sections: [.document.sections[]? | [.heading, .body]],
    faqs: [.document.faqs[]? | [.question, .answer]]
  }
  elif .type == "category" then {slug, name: .path[-1], parent: .parentId}
  else {slug, name, kind} end | tojson)'

# The same from a change; what is gone, or not public any more, is null.
of_change='.data.changes.nodes[] | .entity as $entity | ($entity | ascii_downcase), .entityId, (
  .node | if . == null then .
  elif $entity == "ROLE" then .categories |= map(.id) | .duties |= map(.text)
    | .sections |= map([.heading, .body]) | .faqs |= map([.question, .answer])
  elif $entity == "CATEGORY" then .parent |= .id
  else . end | tojson)'

main() {
  [ -s "$copy/cursor" ] || begin
  while follow; do :; done
}

# Waits and tries again when the server cannot answer for now.
ask() {
  curl --silent --show-error --retry 5 --retry-all-errors --max-time 600 \
    --header "Authorization: Bearer $key" "$@"
}

# Everything anew, beside what there is until it is whole.
begin() {
  rm -rf "$copy.new"
  mkdir -p "$copy.new/role" "$copy.new/category" "$copy.new/skill"
  ask --fail --compressed --output "$copy.new/export" "$address/export" || fail 'no export came'
  tail -n 1 "$copy.new/export" | jq --exit-status '.type == "trailer"' >/dev/null ||
    fail 'the export broke off'
  jq --raw-output "$of_line" "$copy.new/export" >"$rows" || fail 'the export cannot be read'
  keep "$copy.new" <"$rows" || fail 'the copy cannot be written'
  head -n 1 "$copy.new/export" | jq --raw-output .cursor >"$copy.new/cursor"
  rm -rf "$copy.new/export" "$copy"
  mv "$copy.new" "$copy"
}

# Takes in a page of changes; whether more follow.
follow() {
  jq --null-input --arg query "$query" --rawfile after "$copy/cursor" \
    '{query: $query, variables: {after: ($after | rtrimstr("\n"))}}' >"$rows"
  ask --header 'Content-Type: application/json' --data-binary "@$rows" --output "$page" \
    "$address/graphql" || fail 'no answer came'
  case $(jq --raw-output '.errors[0].extensions.code // ""' "$page") in
    '') ;;
    CURSOR_EXPIRED) begin; return ;;
    *) fail "$(jq --raw-output '.errors[0].message' "$page")" ;;
  esac
  jq --raw-output "$of_change" "$page" >"$rows" || fail 'the answer cannot be read'
  keep "$copy" <"$rows" || fail 'the copy cannot be written'
  jq --raw-output .data.changes.pageInfo.endCursor "$page" >"$copy/cursor.new" || fail 'no cursor'
  mv "$copy/cursor.new" "$copy/cursor" || fail 'the copy cannot be written'
  [ "$(jq .data.changes.pageInfo.hasNextPage "$page")" = true ]
}

# Reads three lines for each thing: its kind, its id, and what is kept of it or null.
keep() {
  while read -r kind && read -r id && IFS= read -r content; do
    if [ "$content" = null ]; then
      rm -f "$1/$kind/$id.json" || return 1
    else
      printf '%s\n' "$content" >"$1/$kind/$id.json.new" || return 1
      mv "$1/$kind/$id.json.new" "$1/$kind/$id.json" || return 1
    fi
  done
}

fail() {
  printf 'sync: %s\n' "$1" >&2
  exit 1
}

main
