/* Looks for the number that makes SHA-256("nonce:number") begin with so many zero bits. */
const AT_ONCE = 256;
const encoder = new TextEncoder();

const zeros = (digest) => {
  const bytes = new Uint8Array(digest);
  let count = 0;
  for (const byte of bytes) {
    if (byte === 0) { count += 8; continue; }
    return count + Math.clz32(byte) - 24;
  }
  return count;
};

self.addEventListener("message", async ({ data: { nonce, bits } }) => {
  for (let start = 0; ; start += AT_ONCE) {
    const tried = Array.from({ length: AT_ONCE }, (_, n) => start + n);
    const digests = await Promise.all(
      tried.map((number) => crypto.subtle.digest("SHA-256", encoder.encode(`${nonce}:${number}`))),
    );
    const found = digests.findIndex((digest) => zeros(digest) >= bits);
    if (found >= 0) {
      self.postMessage(String(tried[found]));
      return;
    }
  }
});
