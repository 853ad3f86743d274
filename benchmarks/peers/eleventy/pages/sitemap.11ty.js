import { isoDay, SITE } from "../layouts/parts.js";

export const data = { permalink: "/sitemap.xml", eleventyImport: { collections: ["notes", "lists"] } };

const entry = (address, note) => `  <url><loc>${SITE}${address}</loc>${note ? `<lastmod>${isoDay(note.date)}</lastmod>` : ""}</url>`;

export const render = ({ collections }) => `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${[
  ...["/", "/archive/", "/tags/"].map((address) => entry(address)),
  ...collections.notes.map((note) => entry(note.url, note)),
  ...collections.lists.filter((list) => list.number === 1).map((list) => entry(list.address, list.notes[0])),
].join("\n")}
</urlset>
`;
