/* MD5 and SHA, at once and in plain script: the browser's own are asynchronous. Returns bytes. */


export function digest(algorithm, text) {
  const bytes = new TextEncoder().encode(text);
  if (algorithm === "MD5") return md5(bytes);
  if (algorithm === "SHA1") return sha1(bytes);
  return sha2(algorithm, bytes);
}

/* The message with its padding, in blocks; the length stands at the end, big or little end first. */
function padded(bytes, block, littleEndian) {
  const tail = block / 8;
  const size = Math.ceil((bytes.length + 1 + tail) / block) * block;
  const data = new Uint8Array(size);
  data.set(bytes);
  data[bytes.length] = 0x80;
  new DataView(data.buffer).setBigUint64(size - 8, BigInt(bytes.length) * 8n, littleEndian);
  return new DataView(data.buffer);
}

const turn = (word, by) => (word << by) | (word >>> (32 - by));

function md5(bytes) {
  const view = padded(bytes, 64, true);
  const table = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0);
  const turns = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
  let state = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let block = 0; block < view.byteLength; block += 64) {
    let [a, b, c, d] = state;
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const mix = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round];
      const index = [i, (5 * i + 1) % 16, (3 * i + 5) % 16, (7 * i) % 16][round];
      const sum = (a + mix + table[i] + view.getInt32(block + index * 4, true)) | 0;
      [a, d, c, b] = [d, c, b, (b + turn(sum, turns[round][i % 4])) | 0];
    }
    state = [a, b, c, d].map((word, i) => (word + state[i]) | 0);
  }
  const out = new DataView(new ArrayBuffer(16));
  state.forEach((word, i) => out.setInt32(i * 4, word, true));
  return new Uint8Array(out.buffer);
}

function sha1(bytes) {
  const view = padded(bytes, 64, false);
  let state = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  for (let block = 0; block < view.byteLength; block += 64) {
    const w = [];
    for (let i = 0; i < 80; i++) w[i] = i < 16 ? view.getInt32(block + i * 4) : turn(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    let [a, b, c, d, e] = state;
    for (let i = 0; i < 80; i++) {
      const mix = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
      const sum = (turn(a, 5) + mix + e + [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][Math.floor(i / 20)] + w[i]) | 0;
      [e, d, c, b, a] = [d, c, turn(b, 30), a, sum];
    }
    state = [a, b, c, d, e].map((word, i) => (word + state[i]) | 0);
  }
  const out = new DataView(new ArrayBuffer(20));
  state.forEach((word, i) => out.setInt32(i * 4, word));
  return new Uint8Array(out.buffer);
}

const SHAPES = {
  SHA256: { bits: 32n, rounds: 64, size: 32, primes: 0, turns: [[7n, 18n, -3n], [17n, 19n, -10n], [6n, 11n, 25n], [2n, 13n, 22n]] },
  SHA384: { bits: 64n, rounds: 80, size: 48, primes: 8, turns: [[1n, 8n, -7n], [19n, 61n, -6n], [14n, 18n, 41n], [28n, 34n, 39n]] },
  SHA512: { bits: 64n, rounds: 80, size: 64, primes: 0, turns: [[1n, 8n, -7n], [19n, 61n, -6n], [14n, 18n, 41n], [28n, 34n, 39n]] },
};

function sha2(algorithm, bytes) {
  const { bits, rounds, size, primes, turns } = SHAPES[algorithm];
  const mask = (1n << bits) - 1n;
  const blockSize = Number(bits) * 2;
  const view = padded(bytes, blockSize, false);
  const mixed = (word, by) => by.reduce((sum, n) => sum ^ (n < 0n ? word >> -n : (word >> n) | ((word << (bits - n)) & mask)), 0n);
  const first = primesUpTo(rounds);
  const keys = first.map((prime) => fraction(prime, 3n, bits));
  let state = first.slice(primes, primes + 8).map((prime) => fraction(prime, 2n, bits));
  for (let block = 0; block < view.byteLength; block += blockSize) {
    const w = [];
    for (let i = 0; i < rounds; i++) {
      if (i < 16) w[i] = bits === 32n ? BigInt(view.getUint32(block + i * 4)) : view.getBigUint64(block + i * 8);
      else w[i] = (w[i - 16] + mixed(w[i - 15], turns[0]) + w[i - 7] + mixed(w[i - 2], turns[1])) & mask;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < rounds; i++) {
      const one = h + mixed(e, turns[2]) + ((e & f) ^ (~e & mask & g)) + keys[i] + w[i];
      const two = mixed(a, turns[3]) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & mask, c, b, a, (one + two) & mask];
    }
    state = [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]) & mask);
  }
  const hex = state.map((word) => word.toString(16).padStart(Number(bits) / 4, "0")).join("");
  return Uint8Array.from(hex.match(/../g).slice(0, size), (pair) => parseInt(pair, 16));
}

function primesUpTo(count) {
  const found = [];
  for (let n = 2n; found.length < count; n++) if (found.every((prime) => n % prime)) found.push(n);
  return found;
}

/* The first bits of the fraction of a square or cube root, by halving. */
function fraction(prime, power, bits) {
  const target = prime << (bits * power);
  let [low, high] = [0n, prime << bits];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** power > target) high = middle;
    else low = middle;
  }
  return low & ((1n << bits) - 1n);
}
