#!/usr/bin/env bash
# Puts the files that a browser loads into FOLDER, each with its .gz and .br beside it, and writes only what changed.
#
#   assemble_web.sh proxy|tab FOLDER FILES...    index.html among FILES is told which shop it opens
set -euo pipefail
shop=$1 folder=$2
shift 2
mkdir -p "$folder"
work=$(mktemp -d "$folder/.assembling.XXXXXX")
trap 'rm -rf "$work"' EXIT

names=' '
for file in "$@"; do
  name=${file##*/}
  names+="$name "
  if [ "$name" = index.html ]; then
    sed -E 's|(<meta name="sampan-shop" content=")[a-z]+(")|\1'"$shop"'\2|' "$file" >"$work/$name"
    grep -q "<meta name=\"sampan-shop\" content=\"$shop\"" "$work/$name" || {
      echo "index.html has no <meta name=\"sampan-shop\" content=\"...\">, so it cannot be told which shop it opens." >&2
      exit 1
    }
  else
    install -m 644 "$file" "$work/$name"
  fi
  if cmp -s "$work/$name" "$folder/$name" && [ -e "$folder/$name.gz" ] && [ -e "$folder/$name.br" ]; then continue; fi
  gzip -9n --keep "$work/$name"
  brotli --best --keep "$work/$name"
  mv "$work/$name" "$work/$name.gz" "$work/$name.br" "$folder/"
done

# What is no longer part of the page goes.
for file in "$folder"/*; do
  name=${file##*/} name=${name%.gz} name=${name%.br}
  [[ $names == *" $name "* ]] || rm -f "$file"
done
