import type { FieldKind } from "../field.ts";

/** A field that catalogues have in common, under the names their columns give it, the usual ones first. */
export interface KnownField {
  readonly name: string;
  readonly kind: FieldKind;
  readonly list: boolean;
  /** Column names as `keyOfColumn` writes them. */
  readonly columns: readonly string[];
}

function known(name: string, kind: FieldKind, columns: string, list = false): KnownField {
  return { name, kind, list, columns: [name.replaceAll("_", ""), ...columns.split(" ").filter((key) => key !== "")] };
}

const titles = known(
  "title",
  "title",
  "primarytitle movietitle filmtitle movie film showtitle seriestitle booktitle bookname worktitle itemtitle papertitle articletitle headline label titel titre titulo name moviename filmname productname product restaurantname venuename businessname company",
);

/** Fields of things with a title: films, series, books, products, places. */
const ofThings: readonly KnownField[] = [
  titles,
  known("original_title", "title", "originalname titleoriginal"),
  known(
    "alternative_titles",
    "title",
    "alternativetitle aka akas alsoknownas alternatetitle alternatetitles othertitles",
    true,
  ),
  known("level", "level", "kind type titletype mediatype contenttype worktype showtype videotype category"),
  known(
    "year",
    "year",
    "releaseyear yearreleased yearofrelease startyear titleyear movieyear filmyear productionyear publicationyear originalpublicationyear pubyear publishyear yearpublished publishedyear yearofpublication yr jahr annee anno",
  ),
  known("end_year", "year", "endyear lastyear"),
  known(
    "release_date",
    "date",
    "released dateofrelease dvdreleasedate premiere premiered premieredate firstairdate airdate publicationdate publisheddate datepublished pubdate dateofpublication firstpublished published",
  ),
  known(
    "directors",
    "personList",
    "director directedby directorname directornames filmdirector moviedirector regie",
    true,
  ),
  known("creators", "personList", "creator createdby showrunner", true),
  known(
    "writers",
    "personList",
    "writer writtenby screenwriter screenwriters scriptwriter screenplay writername",
    true,
  ),
  known("authors", "personList", "author authorname authornames bookauthor writtenbyauthor", true),
  known("producers", "personList", "producer producedby", true),
  known("composers", "personList", "composer musicby", true),
  known(
    "cast",
    "personList",
    "actors actor castmembers castmember starring stars star actorname leadactor maincast topcast performers artists",
    true,
  ),
  known("genres", "category", "genre majorgenre listedin maingenre moviegenre primarygenre categories", true),
  known("keywords", "category", "keyword plotkeywords tags tag subjects topics themes", true),
  known(
    "runtime",
    "number",
    "runningtime runningtimemin runtimemin runtimemins runtimeminutes duration durationmin durationminutes length lengthmin lengthminutes filmlength movielength",
  ),
  known(
    "countries",
    "country",
    "country countryname countrynames productioncountries productioncountry countryoforigin origincountry nation",
    true,
  ),
  known(
    "languages",
    "category",
    "language originallanguage spokenlanguages spokenlanguage lang languagecode originallang",
    true,
  ),
  known(
    "companies",
    "category",
    "companyname distributor distributors studio studios publisher publishers productioncompany productioncompanies network networks distributedby",
    true,
  ),
  known("brand", "category", "manufacturer maker brandname vendor make"),
  known("venue", "category", "journal booktitlevenue conference publishedin"),
  known(
    "description",
    "text",
    "overview plot summary synopsis storyline plotsummary plotsynopsis abstract blurb about longdescription shortdescription productdescription desc details",
  ),
  known("tagline", "text", "slogan"),
  known("rating", "category", "mpaarating certificate contentrating certification agerating mpaa"),
  known("price", "number", "listprice cost amount"),
  known("pages", "number", "numpages pagecount numberofpages"),
  known("address", "text", "addr street streetaddress"),
  known("city", "category", "town"),
  known("phone", "identifier", "telephone phonenumber tel"),
];

/** Fields of people. */
const ofPersons: readonly KnownField[] = [
  known(
    "name",
    "name",
    "fullname personname primaryname displayname actorname actor director person value author artist label title",
  ),
  known("alternative_names", "name", "aka akas alsoknownas aliases alias birthname othernames", true),
  known("birth_year", "year", "yearofbirth birthyr born yob birth"),
  known("death_year", "year", "yearofdeath deathyr died death"),
  known("birth_date", "date", "birthdate dateofbirth dob birthday born"),
  known("death_date", "date", "deathdate dateofdeath dod died"),
  known("gender", "category", "sex"),
  known(
    "occupation",
    "category",
    "occupations profession professions primaryprofession jobtitle knownfordepartment",
    true,
  ),
  known("countries", "country", "country countryname countryofbirth birthcountry", true),
  known("nationality", "category", "nationalities citizenship", true),
  known("birth_place", "category", "placeofbirth birthcity birthplace cityofbirth"),
  known("address", "text", "addr street streetaddress streetname address1 addressline1"),
  known("city", "category", "town suburb locality"),
  known("phone", "identifier", "telephone phonenumber tel mobile"),
  known("known_for", "title", "knownfortitles films movies filmography", true),
  known("description", "text", "biography bio overview summary about"),
];

/** Identifiers that mean the same in every catalogue; other ids are a catalogue's own, and equal ones mean nothing. */
const identifiers: readonly KnownField[] = [
  known("isbn", "identifier", "isbn10 isbn13"),
  known("issn", "identifier", ""),
  known("doi", "identifier", ""),
  known("imdb_id", "identifier", "imdbid tconst nconst imdbtitleid imdb imdburl movieimdblink"),
  known("tmdb_id", "identifier", "tmdbid tmdb themoviedbid"),
  known("wikidata_id", "identifier", "wikidataid wikidata qid"),
  known("viaf_id", "identifier", "viafid viaf"),
  known("gtin", "identifier", "ean ean13 upc barcode"),
  known("asin", "identifier", ""),
  known("model_number", "identifier", "modelno model modelnum partnumber mpn"),
];

/** The known fields of an entity type, in the order that plans show them. */
export function knownFields(entityType: string): readonly KnownField[] {
  return [...(entityType === "person" ? ofPersons : ofThings), ...identifiers];
}

/** Columns that say who or what a record is about, by the entity type they speak for. */
export const evidenceByType: Readonly<Record<"person" | "film" | "book" | "record", readonly string[]>> = {
  person:
    "birthyear yearofbirth birthdate dateofbirth dob deathyear deathdate occupation occupations profession primaryprofession gender sex nationality birthplace placeofbirth birthcity firstname lastname surname givenname familyname knownfortitles knownfordepartment".split(
      " ",
    ),
  film: "director directors directedby directorname cast castmembers actors starring runtime runningtime runningtimemin runtimeminutes duration mpaarating certificate contentrating titletype majorgenre moviegenre distributor releasedate screenplay productioncompanies imdbid tconst listedin movietitle filmtitle movie film".split(
    " ",
  ),
  book: "isbn isbn10 isbn13 author authors bookauthor pages numpages pagecount publisher publicationyear booktitle goodreadsbookid".split(
    " ",
  ),
  record: "venue journal conference addr address street city phone price brand manufacturer modelno sku asin".split(
    " ",
  ),
};

/** Times of book-keeping: kept, but never evidence. */
export const bookkeepingColumns: ReadonlySet<string> = new Set(
  "dateadded added addedat createdat created updatedat updated modified modifiedat lastmodified timestamp lastupdated crawldate".split(
    " ",
  ),
);
