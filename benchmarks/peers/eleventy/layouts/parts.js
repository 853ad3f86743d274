// What several templates share.

export const SITE = "https://corpus.example";

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const escape = (text) => String(text).replace(/[&<>"']/g, (character) => ESCAPES[character]);

const MONTHS = "January February March April May June July August September October November December".split(" ");
export const isoDay = (date) => date.toISOString().slice(0, 10);
export const longDay = (date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
const shortDay = (date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()].slice(0, 3)} ${date.getUTCFullYear()}`;

/** Return a function that calls another once for each note. */
function once(make) {
  const made = new WeakMap();
  return (note) => {
    if (!made.has(note)) made.set(note, make(note));
    return made.get(note);
  };
}

const row = once(
  (note) =>
    `<li><time datetime="${isoDay(note.date)}">${shortDay(note.date)}</time> <a href="${note.url}">${escape(note.data.title)}</a></li>`,
);

export const ledger = (notes) => `<ol class="ledger">
  ${notes.map(row).join("\n  ")}
</ol>`;

const item = once(
  (note) => `<item>
  <title>${escape(note.data.title)}</title>
  <link>${SITE}${note.url}</link>
  <guid>${SITE}${note.url}</guid>
  <pubDate>${note.date.toUTCString()}</pubDate>
  ${note.data.topics.map((tag) => `<category>${escape(tag)}</category>`).join("\n  ")}
  <description>${escape(note.content)}</description>
</item>`,
);

export const feed = (title, address, page, notes) => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>${escape(title)}</title>
    <link>${SITE}${page}</link>
    <description>${escape(title)}</description>
    <language>en</language>
    <atom:link href="${SITE}${address}" rel="self" type="application/rss+xml"/>
    ${notes.map(item).join("\n    ")}
  </channel>
</rss>
`;

export const page = (title, address, main, head = "") => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escape(title)} · Corpus</title>
  <link rel="canonical" href="${SITE}${address}">
  <link rel="stylesheet" href="/style.css">
  <link rel="alternate" type="application/rss+xml" title="Corpus" href="/feed.xml">
  ${head}
</head>
<body>
  <header class="masthead">
    <p class="name"><a href="/">Corpus</a></p>
    <nav aria-label="Site">
      <ul>
        <li><a href="/">Latest</a></li>
        <li><a href="/archive/">Archive</a></li>
        <li><a href="/tags/">Tags</a></li>
        <li><a href="/feed.xml">RSS</a></li>
      </ul>
    </nav>
  </header>
  <main id="main">
${main}
  </main>
</body>
</html>
`;
