import { foldLabel } from "../fold-label.ts";

/**
 * Spellings that catalogues use for one thing, by entity type: the label to show, then what else it is called.
 * Only plain synonyms stand here; narrower terms ("Romantic Comedies") stay entities of their own.
 */
const aliases: Readonly<Record<string, readonly (readonly [label: string, ...others: string[]])[]>> = {
  genre: [
    ["Action", "Action Films", "Action Movies"],
    ["Adventure", "Adventures"],
    ["Animation", "Animated", "Animations", "Cartoon", "Cartoons"],
    ["Biography", "Biographical", "Biopic", "Biographies"],
    ["Children", "Children's", "Childrens", "Kids", "Children's Movies"],
    ["Comedy", "Comedies"],
    ["Concert", "Concert Film", "Concert/Performance"],
    ["Crime", "Crime Films"],
    ["Documentary", "Documentaries"],
    ["Drama", "Dramas"],
    ["Film Noir", "Film-Noir", "Noir"],
    ["Horror", "Horror Movies", "Horror Films"],
    ["Music", "Musics"],
    ["Musical", "Musicals", "Musical Film"],
    ["Mystery", "Mysteries"],
    ["Romance", "Romantic", "Romances", "Romantic Movies"],
    ["Science Fiction", "Sci-Fi", "SciFi", "SF", "Sci Fi", "Science-Fiction"],
    ["Short", "Shorts", "Short Film", "Short Films"],
    ["Sports", "Sport"],
    ["Thriller", "Thrillers", "Thriller/Suspense"],
    ["Western", "Westerns"],
  ],
  country: [
    ["Czech Republic", "Czechia"],
    ["Germany", "Federal Republic of Germany"],
    ["Hong Kong", "Hong Kong SAR China"],
    ["Iran", "Islamic Republic of Iran"],
    ["Ireland", "Republic of Ireland"],
    ["Netherlands", "The Netherlands", "Holland"],
    ["Russia", "Russian Federation"],
    ["South Korea", "Republic of Korea", "Korea, South"],
    ["United Arab Emirates", "UAE"],
    ["United Kingdom", "UK", "U.K.", "Great Britain", "GB", "GBR"],
    ["United States", "USA", "US", "U.S.", "U.S.A.", "United States of America"],
  ],
  language: [
    ["Chinese", "zh", "zho"],
    ["Danish", "da"],
    ["Dutch", "nl"],
    ["English", "en", "eng"],
    ["French", "fr", "fra"],
    ["German", "de", "deu", "ger"],
    ["Hindi", "hi", "hin"],
    ["Italian", "it", "ita"],
    ["Japanese", "ja", "jpn"],
    ["Korean", "ko", "kor"],
    ["Mandarin", "Mandarin Chinese"],
    ["Portuguese", "pt", "por"],
    ["Russian", "ru", "rus"],
    ["Spanish", "es", "spa", "Castilian"],
    ["Swedish", "sv", "swe"],
  ],
  occupation: [
    ["actor", "actors", "actress", "film actor", "film actress"],
    ["film director", "director", "movie director", "filmmaker"],
    ["screenwriter", "script writer", "scriptwriter"],
  ],
};

const labelByFold = new Map<string, ReadonlyMap<string, string>>(
  Object.entries(aliases).map(([type, groups]) => [
    type,
    new Map(
      groups.flatMap(([label, ...others]) => [label, ...others].map((name) => [foldLabel(name), label] as const)),
    ),
  ]),
);

/** The label that the alias table gives a name in an open vocabulary, or undefined where the name stands for itself. */
export function aliasedLabel(entityType: string, name: string): string | undefined {
  return labelByFold.get(entityType)?.get(foldLabel(name));
}
