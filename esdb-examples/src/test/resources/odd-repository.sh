# Makes a git repository, in the empty folder it is started in, of everything that is odd in histories.
set -eu

export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
export GIT_AUTHOR_NAME=author GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=author GIT_COMMITTER_EMAIL=a@example.org

commit() {
    git add --all
    git commit --quiet --allow-empty --message "$1"
}

git init --quiet .
git symbolic-ref HEAD refs/heads/main

printf 'one\ntwo\nno line feed' >'with space.txt'
printf 'a\n' >'quote " and \ backslash'
printf 'b\nc\n' >"$(printf 'gr\303\274n \346\227\245.txt')"
printf 'd\n' >"$(printf 'tab\tand line\nfeed')"
printf 'e\n' >'"begins with a quote'
printf '\000\001' >becomes-text
printf 'text\n' >becomes-binary
printf '\000' >stays-binary
: >empty
mkdir folder
printf 'f\ng\n' >folder/file
ln -s empty link
commit first

printf 'now\ntext\nthree\n' >becomes-text
printf 'text\n\000' >becomes-binary
printf '\000\000' >stays-binary
rm link
printf 'a file\nnow\n' >link
chmod +x empty
commit second

commit 'changes nothing'

git checkout --quiet -b side
printf 'on the side\n' >side.txt
printf 'more\n' >>'with space.txt'
commit side
printf 'later\n' >>side.txt
commit 'side again'

git checkout --quiet main
git rm --quiet -r folder
printf 'a file where a folder was\n' >folder
printf '* -text -diff\n' >.gitattributes
commit 'on main'
git merge --quiet --no-ff --message merge side

git mv side.txt moved.txt
commit renamed
git rm --quiet moved.txt
commit deleted
printf 'x\ny\n' >moved.txt
printf 'more\n' >>becomes-text
commit 'created again'
