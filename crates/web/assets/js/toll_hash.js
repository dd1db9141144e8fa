// What a browser computes before it sends something while the paper is under attack: SHA-256 (FIPS 180-4) of 48 letters and seven of
// its own, until the hash begins with as many zero bits as the paper asked for. Browsers keep theirs (crypto.subtle) from pages on a
// plain line, and that one cannot be asked a hundred thousand times a second.
const K = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const BEGINNING = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
const WORDS = new Int32Array(64);

/** Takes a block of 64 bytes, as 16 numbers, into the hash so far, which is eight. */
const compress = (hash, block) => {
  WORDS.set(block);
  for (let i = 16; i < 64; i += 1) {
    const x = WORDS[i - 15];
    const y = WORDS[i - 2];
    const s = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const t = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    WORDS[i] = WORDS[i - 16] + s + WORDS[i - 7] + t;
  }
  let a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4], f = hash[5], g = hash[6], h = hash[7];
  for (let i = 0; i < 64; i += 1) {
    const s = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + s + ((e & f) ^ (~e & g)) + K[i] + WORDS[i]) | 0;
    const t = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (t + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  hash[0] += a;
  hash[1] += b;
  hash[2] += c;
  hash[3] += d;
  hash[4] += e;
  hash[5] += f;
  hash[6] += g;
  hash[7] += h;
};

/** Four bits as a letter from a to p, so many of them in one number. */
const letters = (number, count) => {
  let word = 0;
  for (let i = count - 1; i >= 0; i -= 1) word = (word << 8) | (97 + ((number >>> (4 * i)) & 15));
  return word;
};

/** Tries so many answers to a task (`BITS LETTERS`), from one number on; the one that fits, as it is sent, or nothing. */
const tries = (task, from, count) => {
  const [bits, challenge] = task.split(" ");
  const block = new Int32Array(16);
  for (let i = 0; i < 48; i += 1) block[i >> 2] |= challenge.charCodeAt(i) << (24 - 8 * (i & 3));
  block[15] = 55 * 8;
  const hash = new Int32Array(8);
  for (let n = from; n < from + count; n += 1) {
    block[12] = letters(n >>> 12, 4);
    block[13] = (letters(n, 3) << 8) | 0x80;
    hash.set(BEGINNING);
    compress(hash, block);
    if (hash[0] >>> (32 - bits) === 0) {
      const text = [12, 13].flatMap((at) => [24, 16, 8, 0].map((by) => String.fromCharCode((block[at] >>> by) & 255)));
      return `${challenge}.${text.slice(0, 7).join("")}`;
    }
  }
  return null;
};
