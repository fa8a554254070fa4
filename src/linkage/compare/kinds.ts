/**
 * The kinds of comparison there are, by the name that settings give them: one line each. A kind is a {@link Comparison}, or
 * a function that makes one of its settings.
 */
export { categoryComparison as category } from "./category.ts";
export {
  eidrComparison as eidr,
  gtinComparison as gtin,
  imdbComparison as imdb,
  isbnComparison as isbn,
  issnComparison as issn,
  orcidComparison as orcid,
} from "./checked-identifier.ts";
export { dateComparison as date } from "./date.ts";
export { differenceComparison as difference } from "./difference.ts";
export { embeddingComparison as embedding } from "./embeddings/embedding.ts";
export { exactComparison as exact } from "./exact.ts";
export { identifierComparison as identifier } from "./identifier.ts";
export { intersectionComparison as intersection } from "./intersection.ts";
export { jaroWinklerComparison as jaroWinkler } from "./jaro-winkler.ts";
export { nameComparison as name } from "./name.ts";
export { numberComparison as number } from "./number.ts";
export { personListComparison as personList } from "./person-list.ts";
export { coordinatesComparison as coordinates } from "./places/coordinates.ts";
export { countryComparison as country } from "./places/country.ts";
export { setComparison as set } from "./set.ts";
export { textComparison as text } from "./text.ts";
export { titleComparison as title } from "./title.ts";
export { titleListComparison as titleList } from "./title-list.ts";
export { yearComparison as year } from "./year.ts";
