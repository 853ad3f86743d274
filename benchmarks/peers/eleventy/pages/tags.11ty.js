import { escape, page } from "../layouts/parts.js";

export const data = { permalink: "/tags/", eleventyImport: { collections: ["tagGroups"] } };

export function render({ collections }) {
  const sorted = [...collections.tagGroups].sort((one, other) => (one.tag < other.tag ? -1 : 1));
  const lines = sorted.map(({ tag, count }) => `<li><a href="/tags/${tag}/">${escape(tag)}</a> <span>${count}</span></li>`);
  return page("Tags", "/tags/", `<h1>Tags</h1>\n<ul>\n  ${lines.join("\n  ")}\n</ul>`);
}
