import { page } from "../layouts/parts.js";

export const data = { permalink: "/archive/", eleventyImport: { collections: ["periods"] } };

const ofMonth = ([month, count]) => `<li><a href="/${month.replace("-", "/")}/">${month}</a> <span>${count}</span></li>`;

export const render = ({ collections }) =>
  page(
    "Archive",
    "/archive/",
    `<h1>Archive</h1>
${collections.periods
  .map(({ year, months }) => `<section>\n  <h2><a href="/${year}/">${year}</a></h2>\n  <ul>${months.map(ofMonth).join("\n  ")}</ul>\n</section>`)
  .join("\n")}`,
  );
