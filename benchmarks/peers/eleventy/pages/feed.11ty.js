import { feed } from "../layouts/parts.js";

export const data = { permalink: "/feed.xml", eleventyImport: { collections: ["notes"] } };

export const render = ({ collections }) => feed("Corpus", "/feed.xml", "/", collections.notes.slice(0, 50));
