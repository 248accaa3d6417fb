#!/usr/bin/env bash
#
# Writes the history of a git repository as the two files that HistoryReplay takes:
#
#     git-history.sh REPOSITORY HISTORY.jsonl.gz TREE.tsv.gz [REVISION]
#
#     esdb-examples/git-history.sh ~/code/app /tmp/app-history.jsonl.gz /tmp/app-tree.tsv.gz
#     mvn -q -B -Preplay -DskipTests -pl esdb-examples -am process-classes \
#         -Dreplay.args="/tmp/app-history.jsonl.gz /tmp/app-tree.tsv.gz"
#
# REPOSITORY is any folder of a work tree, or a bare repository; REVISION is HEAD unless given.
#
# The history has one line for each commit that changed a file, oldest first: the first-parent line of
# the revision, where a merge brings all that it changed against its first parent, and a renamed file
# is one deleted and one created.
#
#     {"commit":"813d...","time":1485897345,"changes":[{"path":"pom.xml","added":3,"deleted":1,"kind":"changed"}]}
#
# "time" is the commit time in seconds since 1970 UTC; "kind" is created, changed or deleted; "added"
# and "deleted" count lines. "added" is null when the file is binary from now on. When binary content
# became text, "added" counts all of its lines and "deleted" is null. A change of nothing but the mode
# has two zeros. Commits that changed no file are left out. Nothing is written if anything fails.
#
# The tree is the truth to compare with: each text file of the revision, a tab, and its number of lines,
# counted in the tree and not in the history.
#
# Text and lines are git's: content is binary if a zero byte is among its first 8,000, whatever
# .gitattributes says; a last line without a line feed counts; a symbolic link is its target as text,
# and a submodule is one line. Paths are taken to be UTF-8. A path that has a control character, or
# begins with a double quote, stands as git quotes it ("a\tb"); all others stand as they are.
#
# Needs bash, git, gzip and any awk.

set -euo pipefail

if [ $# -lt 3 ] || [ $# -gt 4 ]; then
    echo "usage: $0 REPOSITORY HISTORY.jsonl.gz TREE.tsv.gz [REVISION]" >&2
    exit 2
fi

absolute() {
    case "$1" in
        /*) printf '%s' "$1" ;;
        *) printf '%s/%s' "$PWD" "$1" ;;
    esac
}

history=$(absolute "$2")
tree=$(absolute "$3")
GIT_DIR=$(git -C "$1" rev-parse --absolute-git-dir) || exit 1
export GIT_DIR
revision=$(git rev-parse --verify --quiet "${4:-HEAD}^{commit}") || {
    echo "$0: no such commit in $1: ${4:-HEAD}" >&2
    exit 1
}
EMPTY_BLOB=$(git hash-object -t blob --stdin </dev/null)
empty_tree=$(git hash-object -t tree --stdin </dev/null)

# Attributes could call a text file binary, and change from commit to commit. From an empty folder git
# finds none in a work tree or an index.
nowhere=$(mktemp -d)
trap 'rm -rf "$nowhere"' EXIT
cd "$nowhere"
export EMPTY_BLOB GIT_WORK_TREE="$nowhere" GIT_INDEX_FILE="$nowhere/index" GIT_ATTR_NOSYSTEM=1 LC_ALL=C

plumbing() {
    git -c core.quotePath=false -c core.attributesFile=/dev/null "$@"
}

# Without -z git quotes a path that would be ambiguous in a line, so that lines and tabs can be trusted.
# In its quotes, \" and \\ mean what they mean in JSON; any other escape is a control character.
functions='
function keepsQuotes(path,    inner) {
    inner = substr(path, 2, length(path) - 2)
    if (substr(inner, 1, 2) == "\\\"") {
        return 1
    }
    gsub(/\\\\|\\"/, "", inner)
    return index(inner, "\\") > 0
}

function json(path) {
    if (substr(path, 1, 1) == "\"" && !keepsQuotes(path)) {
        return path
    }
    gsub(/[\\"]/, "\\\\&", path)
    return "\"" path "\""
}

function plain(path,    result, at) {
    if (substr(path, 1, 1) != "\"" || keepsQuotes(path)) {
        return path
    }
    path = substr(path, 2, length(path) - 2)
    result = ""
    while ((at = index(path, "\\")) > 0) {
        result = result substr(path, 1, at - 1) substr(path, at + 1, 1)
        path = substr(path, at + 2)
    }
    return result path
}
'

history_program='
function number(count) {
    return count == "-" ? "null" : count
}

# How many lines a blob has, or - if it is binary.
function lines(blob,    command, fields, line) {
    command = "git diff --no-ext-diff --no-textconv --numstat " ENVIRON["EMPTY_BLOB"] " " blob
    line = "-\t-"
    command | getline line
    close(command)
    split(line, fields, "\t")
    return fields[1]
}

function endCommit() {
    if (changes != "") {
        print "{\"commit\":\"" commit "\",\"time\":" time ",\"changes\":[" changes "]}"
    }
    changes = ""
}

/^commit / {
    endCommit()
    split($0, words, " ")
    commit = words[2]
    time = words[3]
}

/^:/ {
    split($1, words, " ")
    status[$2] = substr(words[5], 1, 1)
    blob[$2] = words[4]
}

/^[0-9-]/ {
    kind = status[$3] == "A" ? "created" : status[$3] == "D" ? "deleted" : "changed"
    if ($1 == "-" && kind == "changed") {
        $1 = lines(blob[$3])
    }
    changes = changes (changes == "" ? "" : ",") "{\"path\":" json($3) ",\"added\":" number($1) \
        ",\"deleted\":" number($2) ",\"kind\":\"" kind "\"}"
    delete status[$3]
    delete blob[$3]
}

END {
    endCommit()
}
'

git rev-list --first-parent --parents --reverse "$revision" \
    | cut -d ' ' -f 1,2 \
    | plumbing diff-tree --stdin --root -r --no-renames --raw --numstat --no-abbrev --format='commit %H %ct' \
    | awk -F '\t' "$functions$history_program" \
    | gzip -n >history.gz

plumbing diff-tree -r --no-renames --numstat "$empty_tree" "$revision" \
    | awk -F '\t' "$functions"'$1 != "-" { print plain($3) "\t" $1 }' \
    | sort \
    | gzip -n >tree.gz

mv history.gz "$history"
mv tree.gz "$tree"
