import { escape, isoDay, longDay, page, SITE } from "./parts.js";

const fact = (name, value) => (value ? `<div><dt>${name}</dt><dd>${escape(value)}</dd></div>` : "");

const neighbour = (rel, label, note) =>
  note ? `<a rel="${rel}" href="${note.url}"><span>${label}</span> ${escape(note.data.title)}</a>` : "";

export function render(data) {
  const day = isoDay(data.page.date);
  const head = `<meta name="description" content="${escape(data.title)}">
  <meta property="og:type" content="article">
  <meta property="og:title" content="${escape(data.title)}">
  <meta property="og:url" content="${SITE}${data.page.url}">
  <meta property="article:published_time" content="${day}">`;
  const main = `<article class="note h-entry">
  <header>
    <p class="meta"><time class="dt-published" datetime="${day}">${longDay(data.page.date)}</time></p>
    <h1 class="p-name">${escape(data.title)}</h1>
  </header>
  <dl class="facts">
    ${fact("Fine", data.fine)}
    ${fact("Against", data.organisation)}
  </dl>
  <div class="e-content" data-pagefind-body>
${data.content}
  </div>
  <section>
    <h2>Sources</h2>
    <ol>
      ${data.links.map((link) => `<li><a href="${escape(link)}">${escape(link)}</a></li>`).join("\n      ")}
    </ol>
  </section>
  <section>
    <h2>Tags</h2>
    <ul class="tags">
      ${data.topics.map((tag) => `<li><a class="p-category" href="/tags/${tag}/">${escape(tag)}</a></li>`).join("\n      ")}
    </ul>
  </section>
  <nav class="neighbours" aria-label="Other notes">
    ${neighbour("prev", "Older", data.older)}
    ${neighbour("next", "Newer", data.newer)}
  </nav>
</article>`;
  return page(data.title, data.page.url, main, head);
}
