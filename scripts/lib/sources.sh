# Brings the sources of scripts/deps.lock to build/deps, from Debian's suites and npm only; sourced by scripts/setup.
#
# A line of the lock is satisfied by, in this order:
#   1. its folder, if the folder was made from this very line
#   2. the cache, keyed by hash: no network at all
#   3. the first suite that offers exactly the locked file; the same name with another hash is refused
#   4. the lowest version within [min, below) that a suite still has, signed by Debian: said aloud and noted as DRIFT
#      (not with --locked)
#   5. nothing: the folder stays away, and CMake takes the pinned upstream tag where there is an internet
#
# Uses the machine's own apt sources with the suite's name changed, the machine's own npm configuration and apt's signatures.
# Needs from its caller: root, say, locked (0 or 1).

deps=$root/build/deps
cache=${SAMPAN_DEPS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sampan/deps}
resolved=$deps/resolved

readonly refused=2  # an answer that nobody may work around; 1 is "not to be had here"

# Every Debian source of this machine's own release, one-line style, with the suite SUITE in its place.
sources_for() {  # SUITE
  local files
  mapfile -t files < <(find /etc/apt/sources.list /etc/apt/sources.list.d \( -name '*.list' -o -name '*.sources' \) 2>/dev/null | sort)
  [ ${#files[@]} -gt 0 ] || return 0
  awk -v release="$(. /etc/os-release && echo "$VERSION_CODENAME")" -v suite="$1" '
    function both(options, uri) { print "deb " options uri " " suite " main"; print "deb-src " options uri " " suite " main" }
    function end_of_stanza(   uri, n, i) {
      if (ours) { n = split(uris, uri, " "); for (i = 1; i <= n; i++) both(key == "" ? "" : "[signed-by=" key "] ", uri[i]) }
      uris = key = ""; ours = 0
    }
    FNR == 1                  { end_of_stanza() }
    /^[ \t]*#/                { next }
    /^[ \t]*$/                { end_of_stanza(); next }
    /^URIs:/                  { sub(/^URIs:[ \t]*/, ""); uris = $0; next }
    /^Signed-By:/ && NF > 1   { key = $2; next }
    /^Suites:/                { for (i = 2; i <= NF; i++) if ($i == release) ours = 1; next }
    /^deb[ \t]/ {
      options = ""; rest = $0; sub(/^deb[ \t]+/, "", rest)
      if (rest ~ /^\[/) { options = rest; sub(/\].*/, "] ", options); sub(/^\[[^]]*\][ \t]*/, "", rest) }
      split(rest, field, /[ \t]+/)
      if (field[2] == release) both(options, field[1])
    }
    END                       { end_of_stanza() }' "${files[@]}" | sort -u
}

# An apt tool that sees one suite only and keeps its lists in a folder of ours. Mirrors of moving suites may be weeks old.
apt_of_suite() {  # TOOL SUITE ARGUMENTS...
  local tool=$1 place=$deps/.apt/$2
  shift 2
  "$tool" -o Dir::State::Lists="$place/lists" -o Dir::Etc::sourcelist="$place/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Acquire::Check-Valid-Until=false -o Acquire::Languages=none \
    -o APT::Sandbox::User=root -o Acquire::Retries=3 "$@" </dev/null
}

# Whether SUITE's index is here; fetched at most once in a run. Without Error-Mode a failed update exits 0.
suite_is_ready() {  # SUITE
  local place=$deps/.apt/$1
  [ -e "$place/ready" ] && return 0
  [ -e "$place/absent" ] && return 1
  mkdir -p "$place/lists/partial"
  sources_for "$1" >"$place/sources.list"
  if [ -s "$place/sources.list" ] && apt_of_suite apt-get "$1" update -qq -o APT::Update::Error-Mode=any >"$place/log" 2>&1; then
    touch "$place/ready"
    return 0
  fi
  say "the Debian suite $1 is not to be had from this machine's mirror"
  touch "$place/absent"
  return 1
}

offers_of() {  # SUITE PACKAGE: lines "debian-version orig-file sha256"
  apt_of_suite apt-cache "$1" showsrc --only-source "$2" 2>/dev/null | awk -v wanted="$2" '
    /^Package:/          { package = $2 }
    /^Version:/          { version = $2 }
    /^Checksums-Sha256:/ { in_hashes = 1; next }
    /^[^ ]/              { in_hashes = 0 }
    in_hashes && package == wanted && $3 ~ /\.orig\.tar\.[a-z0-9]+$/ { print version, $3, $1 }'
}

has_sha256() { [ -s "$1" ] && echo "$2  $1" | sha256sum --check --status; }  # FILE SHA256

# apt's own exit does not matter: only the .orig tarball is wanted, the packaging beside it may be gone from the pool.
fetch_orig() {  # SUITE PACKAGE DEBIAN-VERSION FILE SHA256: leaves it in the cache
  local place=$deps/.apt/download
  rm -rf "$place" && mkdir -p "$place"
  (cd "$place" && apt_of_suite apt-get "$1" source --download-only --only-source -qq "$2=$3" >log 2>&1) || true
  has_sha256 "$place/$4" "$5" || return 1
  mkdir -p "$cache/$5" && mv "$place/$4" "$cache/$5/$4"
}

unpack() {  # NAME TARBALL
  local place=$deps/.unpacking
  rm -rf "$place" "${deps:?}/$1" && mkdir -p "$place"
  tar -C "$place" --strip-components=1 --no-same-owner -xf "$2" && mv "$place" "$deps/$1"
}

take_debian_source() {  # NAME PACKAGE FILE SHA256 MIN BELOW SUITES
  local name=$1 package=$2 file=$3 sha=$4 min=$5 below=$6 suites=${7//,/ } suite version offered hash
  if has_sha256 "$cache/$sha/$file" "$sha"; then
    unpack "$name" "$cache/$sha/$file" && echo "$name $file $sha cache" >>"$resolved"
    return
  fi
  for suite in $suites; do
    suite_is_ready "$suite" || continue
    while read -r version offered hash; do
      [ "$offered" = "$file" ] || continue
      if [ "$hash" != "$sha" ]; then
        say "$name: $suite offers $file with another SHA-256 ($hash); refused. Compare both files before you change scripts/deps.lock."
        return $refused
      fi
      if fetch_orig "$suite" "$package" "$version" "$file" "$sha"; then
        unpack "$name" "$cache/$sha/$file" && echo "$name $file $sha $suite" >>"$resolved"
        return
      fi
      say "$name: $suite lists $file but does not have it"
    done < <(offers_of "$suite" "$package")
  done
  if [ "$locked" = 1 ]; then
    say "$name: $file is in none of $7, and --locked allows no other"
    return $refused
  fi
  take_nearest_debian_source "$name" "$package" "$file" "$min" "$below" "$suites"
}

take_nearest_debian_source() {  # NAME PACKAGE LOCKED-FILE MIN BELOW SUITES: the lowest version that can be had
  local name=$1 package=$2 gone=$3 min=$4 below=$5 suite version file hash lowest line candidates
  candidates=$(for suite in $6; do
    suite_is_ready "$suite" || continue
    offers_of "$suite" "$package" | while read -r version file hash; do
      if dpkg --compare-versions "${version#*:}" ge "$min" && dpkg --compare-versions "${version#*:}" lt "$below"; then
        echo "${version#*:} $version $file $hash $suite"
      fi
    done
  done)
  while [ -n "$candidates" ]; do
    lowest=
    while read -r line; do
      if [ -z "$lowest" ] || dpkg --compare-versions "${line%% *}" lt "${lowest%% *}"; then lowest=$line; fi
    done <<<"$candidates"
    read -r _ version file hash suite <<<"$lowest"
    if fetch_orig "$suite" "$package" "$version" "$file" "$hash"; then
      say "WARNING $name: $gone is gone; took $file from $suite, signed by Debian but not the one we tested. Run the tests, then put it in scripts/deps.lock."
      unpack "$name" "$cache/$hash/$file" && echo "$name $file $hash $suite DRIFT" >>"$resolved"
      return
    fi
    candidates=$(grep -vxF "$lowest" <<<"$candidates" || true)
  done
  return 1
}

# Only the tarball is taken: `npm install` would run its scripts.
take_npm_package() {  # NAME PACKAGE VERSION INTEGRITY
  local tarball=$cache/npm-$2-$3.tgz place=$deps/.npm hash
  if [ ! -s "$tarball" ]; then
    rm -rf "$place" && mkdir -p "$place" "$cache"
    (cd "$place" && npm pack --silent "$2@$3" >log 2>&1 </dev/null && mv ./*.tgz "$tarball") || return 1
  fi
  hash=sha512-$(openssl dgst -sha512 -binary "$tarball" | base64 -w0)
  if [ "$hash" != "$4" ]; then
    rm -f "$tarball"
    say "$1: npm's $2@$3 has the integrity $hash, the lock says $4; refused."
    return $refused
  fi
  unpack "$1" "$tarball" && echo "$1 $2@$3 $4 npm" >>"$resolved"
}

locked_lines() { grep -vE '^(#|$)' "$root/scripts/deps.lock" | tr -s ' '; }

# True when each folder was made from its present line.
sources_are_here() {
  local line
  while read -r line; do
    [ "$(cat "$deps/${line%% *}/.locked" 2>/dev/null)" = "$line" ] || return 1
  done < <(locked_lines)
}

bring_sources() {
  local line name kind rest outcome
  rm -rf "$deps/.apt" && mkdir -p "$deps" "$cache" && : >"$resolved"  # what an interrupted run left may be old
  while read -r line; do
    read -r name kind rest <<<"$line"
    [ "$(cat "$deps/$name/.locked" 2>/dev/null)" = "$line" ] && continue
    outcome=0
    case $kind in
      deb-src) take_debian_source "$name" $rest || outcome=$? ;;
      npm) take_npm_package "$name" $rest || outcome=$? ;;
      *) stop "scripts/deps.lock: $name has the unknown kind $kind." ;;
    esac
    case $outcome in
      0) echo "$line" >"$deps/$name/.locked" ;;
      $refused) return 1 ;;
      *) say "$name: not to be had from Debian or npm here; CMake will try its upstream tag" ;;
    esac
  done < <(locked_lines)
  rm -rf "$deps/.apt" "$deps/.npm" "$deps/.unpacking"
}
