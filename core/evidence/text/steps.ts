// VERIFY.txt: how to check a package by hand. Every step names the file, the command and what must
// come out, so that an expert can follow it with tools of their own choosing.

export const STEPS_TEXT = `HOW TO CHECK THIS PACKAGE / COMMENT VÉRIFIER CE DOSSIER

The short way / Le court chemin

    bash verify.sh

needs bash, GNU coreutils (b2sum, sha256sum, od) and OpenSSL 3; no network. Read it first: it came
with the package. It takes about a third as long as the film. The software that made this package
says the same and more, with "temoin verify <folder>".

Il faut bash, GNU coreutils (b2sum, sha256sum, od) et OpenSSL 3 ; aucun réseau. Lisez-le d'abord : il
est venu avec le dossier. "temoin verify <dossier>" dit la même chose, et davantage.


The long way / Le long chemin
(LE64 is a number as 8 bytes, lowest first; b2 is BLAKE2b with 32 bytes; | joins bytes)

1. Files.      sha256sum -c SHA256SUMS
               Every file matches, and there is no file besides those listed.

2. Key.        b2sum -l 256 log/part-1/manifest.bin
               is the recording key, the "hex" line of key.txt. The last 32 bytes of manifest.bin are
               the Ed25519 public key in signer.bin.

3. Blocks.     blocks.bin is cut at the lengths in sizes.txt. The leaf of a block is
               b2(00 | LE64 size | block). Two neighbours of the same height join as
               b2(01 | LE64 sum of sizes | left | right). The tree hash is
               b2(02 | for each remaining root: hash | LE64 index | LE64 size), where block n has
               index 2n and a parent lies in the middle between its children.

4. Signature.  head.bin is 32 bytes of namespace, the recording key, the tree hash of step 3,
               LE64 number of blocks, LE64 fork (0). head.sig is the Ed25519 signature over it:
               openssl pkeyutl -verify -pubin -inkey signer.pem -rawin -in head.bin -sigfile head.sig
               (signer.pem: the DER prefix 302a300506032b6570032100, then signer.bin, as PEM)

5. Opening.    The chain key of block 0 is chain-key.bin. With keyed BLAKE2b of 32 bytes,
               block key = b2_key("temoin/block-key/1" LF), next chain = b2_key("temoin/chain-key/1" LF).
               Each block is XChaCha20-Poly1305 (24 zero bytes of nonce; associated data: recording
               key | LE64 index) under its block key. Block 0 is a readable header whose last field
               is sealed so.

6. Film.       The init segment in block 0, then the data of each media entry, one behind the other,
               is media/part-1.*, byte for byte.

7. Author.     The header's attestation is the author device's Ed25519 signature over
               "temoin/attestation/1" LF 01 | device | circle | recording key | start | previous.

8. Receipts.   Each receipt in receipts.bin is signed by its device over "temoin/receipt/1" LF and
               its fields. It names the recording key, a number of blocks, and the tree hash of
               step 3 over that many blocks: so these blocks existed when it was signed.

9. Later.      Each annotation in annotations/part-1.bin, where there is one, is signed by its device
               over "temoin/annotation/1" LF and its fields. It is what somebody said afterwards: no
               part of the film.

10. End.        The last entry in entries.txt should be a seal. Where there is none the recorder was
               stopped in mid-sentence: what is here is sound, what came after is unknown.

Repeat 2 to 10 for each part. Each part names the one before it ("goes on from" in entries.txt).
`
