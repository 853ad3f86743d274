import { ledger, page } from "../layouts/parts.js";

export const data = { permalink: "/", eleventyImport: { collections: ["notes"] } };

export const render = ({ collections }) => page("Latest", "/", `<h1>Latest</h1>\n${ledger(collections.notes.slice(0, 20))}`);
