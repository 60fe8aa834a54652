// verify.sh: the package checked with tools every Linux has, sharing not a line with our own verifier.
// It opens the blocks too, so that an expert sees the film come out of the signed log.
// Must never: use a dollar sign before a brace, or a backquote; this file is one raw template.

export const VERIFY_SCRIPT = String.raw`#!/usr/bin/env bash
# Checks this evidence package with bash, GNU coreutils and OpenSSL 3 alone; no network.
# Usage: bash verify.sh. Ends with 0 where everything holds, 1 where something does not.
# It came with the package: read it before you trust it. VERIFY.txt says the same in words.
export LC_ALL=C
cd "$(dirname "$0")" || exit 2
for tool in b2sum sha256sum openssl od sed head tail cmp find sort mktemp date; do
  command -v "$tool" > /dev/null || { echo "This script needs $tool (GNU coreutils, OpenSSL 3)"; exit 2; }
done
t=$(mktemp -d) || exit 2
trap 'rm -rf "$t"' EXIT
failures=0
ok() { echo "OK    $*"; }
note() { echo "NOTE  $*"; }
fail() { echo "FAIL  $*"; failures=$((failures + 1)); }

# --- bytes -----------------------------------------------------------------------------------
hex() { od -An -v -tx1 | tr -d ' \n'; }                       # stdin to hex
unhex() { printf "$(printf %s "$1" | sed 's/../\\x&/g')"; }   # hex to bytes
cut_bytes() { tail -c +$(($2 + 1)) "$1" | head -c "$3"; }     # file, offset, length
le64() {                                                      # number as 8 bytes, lowest first
  local n=$1 i c
  for i in 1 2 3 4 5 6 7 8; do printf -v c '\\x%02x' $((n & 255)); printf "$c"; n=$((n >> 8)); done
}
b2() { b2sum -l 256 | head -c 64; }                           # BLAKE2b, 32 bytes, as hex
b2x() { b2sum -l 256 | sed 's/ .*//; s/../\\x&/g'; }          # the same, as printf takes it
slice() { local j; for ((j = $1; j < $1 + 32; j++)); do printf %02x $((b[j])); done; } # 32 bytes of b, as hex
uint() {                                                      # reads n at b[p], moves p
  if ((b[p] < 253)); then ((n = b[p], p += 1))
  elif ((b[p] == 253)); then ((n = b[p+1] | b[p+2] << 8, p += 3))
  elif ((b[p] == 254)); then ((n = b[p+1] | b[p+2] << 8 | b[p+3] << 16 | b[p+4] << 24, p += 5))
  else ((n = b[p+1] | b[p+2] << 8 | b[p+3] << 16 | b[p+4] << 24 | b[p+5] << 32 | b[p+6] << 40 | b[p+7] << 48 | b[p+8] << 56, p += 9))
  fi
}

# --- Ed25519: public key as hex, message file, signature file -------------------------------
signed() {
  unhex "302a300506032b6570032100$1" > "$t/key.der"
  openssl pkeyutl -verify -pubin -keyform DER -inkey "$t/key.der" -rawin -in "$2" -sigfile "$3" > /dev/null 2>&1
}

# --- opening a block: the chain of keys, then XChaCha20 with a nonce of zeros -----------------
derive() {                                                    # keyed BLAKE2b of a label and a line feed
  openssl mac -macopt "hexkey:$chain" -macopt size:32 -binary BLAKE2BMAC <<< "$1"
}
quarter() {
  ((s[$1] = s[$1] + s[$2] & M, s[$4] ^= s[$1], s[$4] = (s[$4] << 16 | s[$4] >> 16) & M,
    s[$3] = s[$3] + s[$4] & M, s[$2] ^= s[$3], s[$2] = (s[$2] << 12 | s[$2] >> 20) & M,
    s[$1] = s[$1] + s[$2] & M, s[$4] ^= s[$1], s[$4] = (s[$4] << 8 | s[$4] >> 24) & M,
    s[$3] = s[$3] + s[$4] & M, s[$2] ^= s[$3], s[$2] = (s[$2] << 7 | s[$2] >> 25) & M))
}
hchacha() {                                                   # the block key's eight words in k to subkey, as hex
  local i word M=4294967295
  s=(0x61707865 0x3320646e 0x79622d32 0x6b206574 $((k[0])) $((k[1])) $((k[2])) $((k[3])) $((k[4])) $((k[5])) $((k[6])) $((k[7])) 0 0 0 0)
  for i in 1 2 3 4 5 6 7 8 9 10; do
    quarter 0 4 8 12; quarter 1 5 9 13; quarter 2 6 10 14; quarter 3 7 11 15
    quarter 0 5 10 15; quarter 1 6 11 12; quarter 2 7 8 13; quarter 3 4 9 14
  done
  subkey=
  for i in 0 1 2 3 12 13 14 15; do
    printf -v word %08x $(((s[i] & 255) << 24 | (s[i] >> 8 & 255) << 16 | (s[i] >> 16 & 255) << 8 | s[i] >> 24))
    subkey=$subkey$word
  done
}
open_block() {                                                # sealed file to plain file (and 16 bytes of tag)
  k=($(derive temoin/block-key/1 | od -An -v -tu4 --endian=little)); hchacha
  openssl enc -d -chacha20 -K "$subkey" -iv 01000000000000000000000000000000 -in "$1" -out "$2" 2> /dev/null
}

# --- the tree: a stack of roots, each with hash, size and index -------------------------------
push_leaf() {
  local left right
  { printf '\0'; le64 "$size"; cat "$t/block"; } | b2x > "$t/root.$top"
  ((sizes[top] = size, indexes[top] = 2 * blocks, spans[top] = 1, top += 1))
  while ((top > 1 && spans[top-1] == spans[top-2])); do
    ((top -= 1, sizes[top-1] += sizes[top], indexes[top-1] = (indexes[top-1] + indexes[top]) / 2, spans[top-1] *= 2))
    read -r left < "$t/root.$((top-1))"; read -r right < "$t/root.$top"
    { printf '\1'; le64 $((sizes[top-1])); printf "$left"; printf "$right"; } | b2x > "$t/root.$((top-1))"
  done
}
tree_hash() {
  local r root
  { printf '\2'
    for ((r = 0; r < top; r++)); do
      read -r root < "$t/root.$r"; printf "$root"; le64 $((indexes[r])); le64 $((sizes[r]))
    done
  } | b2
}

# --- block 0 and the entries after it ---------------------------------------------------------
read_header() {
  b=($(od -An -v -tu1 -N 24000 "$t/block")); p=97
  uint; [ $((b[p])) = 1 ] && previous=$(cut_bytes "$t/block" $((p + 1)) 32 | hex) && p=$((p + 32))
  p=$((p + 1)); claim_end=$p
  cut_bytes "$t/block" $p 64 > "$t/attestation.sig"
  p=$((p + 64 + 32)); uint; p=$((p + 80 * n)); uint                # after the attestation: the key for notes
  cut_bytes "$t/block" $p "$n" > "$t/sealed"
  open_block "$t/sealed" "$t/plain"
  circle=$(cut_bytes "$t/plain" 1 32 | hex); device=$(cut_bytes "$t/plain" 33 32 | hex)
  { printf 'temoin/attestation/1\n\1'; unhex "$device$circle$key"
    cut_bytes "$t/block" 97 $((claim_end - 97)); } > "$t/attestation"
  b=($(od -An -v -tu1 -N 6000 "$t/plain")); p=65
  uint; p=$((p + n)); uint
  cut_bytes "$t/plain" $p "$n" > "$t/media"
}
read_entry() {
  open_block "$t/block" "$t/plain"
  b=($(od -An -v -tu1 -N 64 "$t/plain")); p=0
  uint; kind=$n; uint
  [ "$kind" = 7 ] && sealed=$blocks
  [ "$kind" = 1 ] || return
  uint; uint; p=$((p + 2)); uint
  cut_bytes "$t/plain" $p "$n" >> "$t/media"
}

# --- receipts: first the lengths they name, later the receipts themselves ---------------------
read_receipts() {                                             # calls $1 for each
  local file="$log/receipts.bin" i end
  end=$(wc -c < "$file"); b=($(od -An -v -tu1 -N 16 "$file")); p=0
  uint; receipts=$n; at_byte=$p
  for ((i = 1; i <= receipts; i++)); do
    ((at_byte < end)) || { fail "$file is cut short"; return; }
    b=($(od -An -v -tu1 -j $at_byte -N 400 "$file")); p=33
    uint; fork=$n; uint; length=$n; hash_at=$p; p=$((p + 32))
    ((b[p])) && p=$((p + 64)); p=$((p + 1)); holder_at=$p; p=$((p + 32)); uint; uint; at=$n; p=$((p + 1))
    "$1" $i
    at_byte=$((at_byte + p + 64))
  done
}
want() { wanted[$length]=1; }
check_receipt() {
  local file="$log/receipts.bin" holder
  holder=$(slice $holder_at)
  { printf 'temoin/receipt/1\n'; cut_bytes "$file" $((at_byte + 1)) $((p - 1)); } > "$t/receipt"
  cut_bytes "$file" $((at_byte + p)) 64 > "$t/receipt.sig"
  if ! signed "$holder" "$t/receipt" "$t/receipt.sig"; then fail "receipt $1 is not signed by device $holder"
  elif [ "$(slice 1)" != "$key" ]; then fail "receipt $1 is for another recording"
  elif ((fork != 0)); then fail "receipt $1 is for a rewritten log"
  elif ((length > blocks)); then fail "receipt $1: device $holder holds $length blocks, here are $blocks"
  elif [ "$(slice $hash_at)" != "$(cat "$t/tree.$length")" ]; then
    fail "receipt $1: device $holder holds other blocks than these"
  else
    good=$((good + 1))
    if [ ! -e "$t/holder.$holder" ] || (($(cat "$t/holder.$holder") < length)); then
      echo $length > "$t/holder.$holder"
      echo "device $holder held $length of $blocks blocks on $(date -u -d "@$((at / 1000))" '+%Y-%m-%d %H:%M:%S UTC')" > "$t/said.$holder"
    fi
  fi
}

# --- what was said afterwards: no part of the film ---------------------------------------------
check_annotations() {
  local file="annotations/part-$part.bin" i end said all=0
  [ -e "$file" ] || return
  end=$(wc -c < "$file"); b=($(od -An -v -tu1 -N 16 "$file")); p=0
  uint; said=$n; at_byte=$p
  for ((i = 1; i <= said; i++)); do
    ((at_byte < end)) || { fail "$file is cut short"; return; }
    b=($(od -An -v -tu1 -j $at_byte -N 4400 "$file")); p=65
    uint; ((b[p])) && p=$((p + 1)); p=$((p + 1)); uint; p=$((p + n)); uint
    { printf 'temoin/annotation/1\n'; cut_bytes "$file" $((at_byte + 1)) $((p - 1)); } > "$t/annotation"
    cut_bytes "$file" $((at_byte + p)) 64 > "$t/annotation.sig"
    if ! signed "$(slice 33)" "$t/annotation" "$t/annotation.sig"; then fail "annotation $i is not signed by device $(slice 33)"
    elif [ "$(slice 1)" != "$key" ]; then fail "annotation $i is about another recording"
    else all=$((all + 1)); fi
    at_byte=$((at_byte + p + 64))
  done
  ((at_byte == end)) || fail "$file has more in it than its annotations"
  note "$all annotations were said afterwards, signed by whoever said them: no part of the film"
}

# --- one part ---------------------------------------------------------------------------------
check_part() {
  local before=$key author=$device
  rm -rf "$t"/*; device=; touch "$t/attestation" "$t/attestation.sig" "$t/media"
  key=$(b2 < "$log/manifest.bin"); signer=$(hex < "$log/signer.bin"); previous=; sealed=-1
  grep -qx "hex $key" "$log/key.txt" && ok "recording key $key" || fail "$log/key.txt names another key than manifest.bin"
  [ "$(tail -c 32 "$log/manifest.bin" | hex)" = "$signer" ] || fail "$log/signer.bin is not the key in manifest.bin"
  if grep -qvxE '[1-9][0-9]{0,7}' "$log/sizes.txt"; then fail "$log/sizes.txt is no list of numbers"; return; fi
  wanted=()
  read_receipts want
  b=(); top=0; blocks=0; total=0; chain=$(hex < "$log/chain-key.bin")
  ((wanted[0])) && tree_hash > "$t/tree.0"
  while read -r size <&4; do
    head -c "$size" <&3 > "$t/block"
    push_leaf
    if ((blocks == 0)); then read_header; else read_entry; fi
    chain=$(derive temoin/chain-key/1 | hex)
    ((blocks += 1, total += size))
    ((wanted[blocks])) && tree_hash > "$t/tree.$blocks"
  done 3< "$log/blocks.bin" 4< "$log/sizes.txt"
  [ "$total" = "$(wc -c < "$log/blocks.bin")" ] || fail "$log/blocks.bin and sizes.txt differ in length"
  { head -c 32 "$log/head.bin"; unhex "$key$(tree_hash)"; le64 $blocks; le64 0; } > "$t/head"
  cmp -s "$t/head" "$log/head.bin" && ok "tree hash over $blocks blocks $(tree_hash)" || fail "$log/head.bin is not about these $blocks blocks"
  signed "$signer" "$log/head.bin" "$log/head.sig" && ok "signature of the recording's key" || fail "$log/head.sig is not the signature over head.bin"
  signed "$device" "$t/attestation" "$t/attestation.sig" && ok "author device $device vouches for it" || fail "no device vouches for it: the author is forged"
  film=media/part-$part.mp4
  for kind in webm mkv; do [ -e "media/part-$part.$kind" ] && film=media/part-$part.$kind; done
  cmp -s "$t/media" "$film" && ok "$film is the film in the log" || fail "$film is not the film in the log"
  if ((sealed == blocks - 1)); then ok "sealed: nothing came after"
  elif ((sealed >= 0)); then fail "there are blocks after the seal"
  else note "no seal: whether more was filmed cannot be told"; fi
  if [ "$part" != 1 ]; then
    [ "$previous" = "$before" ] && ok "goes on from part $((part - 1))" || fail "does not go on from part $((part - 1))"
    [ "$device" = "$author" ] || fail "is by another device than part $((part - 1))"
  fi
  good=0; read_receipts check_receipt
  ((good > 0)) && ok "$good of $receipts receipts; they say:" && sed 's/^/      /' "$t"/said.*
  ((receipts > 0)) || note "no receipts: only the author's own clock says when this was filmed"
  check_annotations
}

# --- everything -------------------------------------------------------------------------------
if [ -n "$(find . ! -type d ! -type f)" ]; then fail "there are links or devices in this folder"; exit 1; fi
if grep -qvE '^[0-9a-f]{64}  [A-Za-z0-9][A-Za-z0-9._/-]*$' SHA256SUMS || grep -qF .. SHA256SUMS; then fail "SHA256SUMS is damaged"; exit 1; fi
sha256sum --quiet --strict -c SHA256SUMS && ok "every file has its fingerprint" || fail "SHA256SUMS: see above"
find . ! -type d | sed 's/^..//' | grep -vx SHA256SUMS | sort > "$t/found"
sed -E 's/^[0-9a-f]{64}  //' SHA256SUMS | sort | cmp -s - "$t/found" && ok "no other file" || fail "there are files that SHA256SUMS does not name, or the reverse"
part=1; key=; device=; circle=
while [ -d "log/part-$part" ]; do
  log="log/part-$part"
  echo "part $part"
  check_part
  part=$((part + 1))
done
((part > 1)) || fail "there is no log"
echo
note "README.txt and the .txt files are for reading and are not compared here: temoin verify does that"
if ((failures > 0)); then echo "NOT VERIFIED: $failures failed"; exit 1; fi
echo "VERIFIED: these bytes, in this order, signed by this key; they existed before the receipts listed"
`
