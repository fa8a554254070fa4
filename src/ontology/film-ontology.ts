import { defineOntology } from "./define-ontology.ts";
import type { Ontology } from "./ontology.ts";

const work = ["work", "film", "series", "season", "episode", "book"] as const;

/** The ontology Kindred starts with: films, series, books, the people and companies behind them, and what they are about. */
export const filmOntology: Ontology = defineOntology({
  name: "kindred-film",
  version: "1",
  entityTypes: [
    { name: "work", label: "Work", doc: "Anything made to be watched or read." },
    { name: "film", label: "Film", doc: "A feature or short, told at once.", broader: "work" },
    { name: "series", label: "Series", doc: "A work told in episodes.", broader: "work" },
    { name: "season", label: "Season", doc: "A run of episodes of a series.", broader: "work" },
    { name: "episode", label: "Episode", doc: "One part of a series.", broader: "work" },
    { name: "book", label: "Book", doc: "A written work.", broader: "work" },
    { name: "person", label: "Person", doc: "A human being." },
    { name: "company", label: "Company", doc: "A studio, distributor or publisher." },
    { name: "genre", label: "Genre", doc: "A kind of story, as catalogues sort by." },
    { name: "country", label: "Country", doc: "A country of production or origin." },
    { name: "language", label: "Language", doc: "A language spoken or written in." },
    { name: "subject", label: "Subject", doc: "What a work is about." },
    { name: "occupation", label: "Occupation", doc: "What a person does." },
  ],
  relationTypes: [
    { name: "directed", label: "directed", doc: "A person directed a work.", domain: ["person"], range: work, cardinality: "many" },
    { name: "acted_in", label: "acted in", doc: "A person plays in a work.", domain: ["person"], range: work, cardinality: "many" },
    { name: "wrote", label: "wrote", doc: "A person wrote a work or its script.", domain: ["person"], range: work, cardinality: "many" },
    { name: "has_genre", label: "has genre", doc: "A work is sorted under a genre.", domain: work, range: ["genre"], cardinality: "many" },
    { name: "from_country", label: "from country", doc: "Where a work or person comes from.", domain: [...work, "person"], range: ["country"], cardinality: "many" },
    { name: "in_language", label: "in language", doc: "A language of a work.", domain: work, range: ["language"], cardinality: "many" },
    { name: "made_by", label: "made by", doc: "The company behind a work.", domain: work, range: ["company"], cardinality: "many" },
    { name: "has_occupation", label: "has occupation", doc: "What a person does.", domain: ["person"], range: ["occupation"], cardinality: "many" },
    { name: "sequel_of", label: "sequel of", doc: "A work continues another.", domain: work, range: work, cardinality: "one" },
    { name: "based_on", label: "based on", doc: "A work is made after another work.", domain: work, range: work, cardinality: "many" },
    { name: "about", label: "about", doc: "A work's subject.", domain: work, range: ["subject"], cardinality: "many" },
    { name: "released_in", label: "released in", doc: "The year of first release.", domain: work, range: "year", cardinality: "one" },
    { name: "runs_minutes", label: "runs (minutes)", doc: "The running time.", domain: work, range: "number", cardinality: "one" },
    { name: "born_in", label: "born in", doc: "A person's year of birth.", domain: ["person"], range: "year", cardinality: "one" },
    { name: "described_as", label: "described as", doc: "A description in words.", domain: [...work, "person"], range: "text", cardinality: "many" },
  ],
});
