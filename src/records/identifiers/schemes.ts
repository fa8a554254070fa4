import { checkDigitMod10, checkDigitMod11, checkDigitMod11Of2, checkSignMod37Of36 } from "./check-digit.ts";
import type { IdentifierScheme } from "./scheme.ts";

/** Longer texts are no identifier, whatever they contain. */
const charactersMax = 200;

/** The kinds of identifier by name. Each reads a text without its spaces, hyphens, prefix and address. */
export const identifierSchemes: Readonly<Record<IdentifierScheme["name"], IdentifierScheme>> = {
  isbn: scheme("isbn", "ISBN", true, isbn),
  issn: scheme("issn", "ISSN", true, issn),
  gtin: scheme("gtin", "GTIN", true, gtin),
  eidr: scheme("eidr", "EIDR", true, eidr),
  orcid: scheme("orcid", "ORCID", true, orcid),
  imdb: scheme("imdb", "IMDb id", false, imdb),
};

function scheme(
  name: IdentifierScheme["name"],
  label: string,
  checked: boolean,
  read: (text: string) => string | null,
): IdentifierScheme {
  return {
    name,
    label,
    checked,
    canonical: (text) => (text.length > charactersMax ? null : read(text.trim())),
  };
}

/** The signs of a number that is written with spaces, hyphens and a word in front, capitals; spreadsheets append ".0". */
function signsOf(text: string, prefix: RegExp): string {
  return text
    .toUpperCase()
    .replace(prefix, "")
    .replace(/\.0$/, "")
    .replace(/[\s\p{Pd}.]+/gu, "");
}

/** ISBN-10 as the ISBN-13 of the same book; a leading zero that a spreadsheet dropped is put back. */
function isbn(text: string): string | null {
  const signs = signsOf(text, /^(?:URN:)?\s*ISBN(?:[-\s]?1[03](?=[\s:]))?[:\s]*/);
  if (/^97[89]\d{10}$/.test(signs)) return endsInCheck(signs, checkDigitMod10);
  const ten = signs.padStart(10, "0");
  if (!/^\d{8,9}[\dX]$/.test(signs) || endsInCheck(ten, checkDigitMod11) === null) return null;
  const body = `978${ten.slice(0, 9)}`;
  return body + checkDigitMod10(body);
}

/** ISSN as `NNNN-NNNC`, also out of the bar code of a journal. */
function issn(text: string): string | null {
  const signs = signsOf(
    text,
    /^(?:URN:)?\s*E?-?ISSN(?:-L)?[:\s]*|^HTTPS?:\/\/(?:PORTAL\.)?ISSN\.ORG\/(?:RESOURCE\/ISSN\/)?/,
  );
  const ofBarCode = /^977\d{10}$/.test(signs) ? endsInCheck(signs, checkDigitMod10)?.slice(3, 10) : undefined;
  const eight = ofBarCode === undefined ? signs : ofBarCode + checkDigitMod11(ofBarCode);
  if (!/^\d{7}[\dX]$/.test(eight) || endsInCheck(eight, checkDigitMod11) === null) return null;
  return `${eight.slice(0, 4)}-${eight.slice(4)}`;
}

/** EAN-8, UPC-A, EAN-13 and GTIN-14 as 14 digits: they are one number with more or fewer zeros in front. */
function gtin(text: string): string | null {
  const signs = signsOf(text, /^(?:GTIN|EAN|UPC)(?:-?(?:8|12|13|14|A)(?=[\s:]))?[:\s]*/);
  if (!/^\d{8}$|^\d{11,14}$/.test(signs) || /^0*$/.test(signs)) return null;
  return endsInCheck(signs.padStart(14, "0"), checkDigitMod10);
}

/** EIDR as `10.5240/XXXX-XXXX-XXXX-XXXX-XXXX-C`. */
function eidr(text: string): string | null {
  const parts = /(?:^|[/:\s])10\.5240[/:]([\dA-F-]{20,24}-?[\dA-Z])$/i.exec(text);
  const signs = parts?.[1]?.replaceAll("-", "").toUpperCase() ?? "";
  if (!/^[\dA-F]{20}[\dA-Z]$/.test(signs) || endsInCheck(signs, checkSignMod37Of36) === null) return null;
  return `10.5240/${signs.replace(/.{4}/g, "$&-")}`;
}

/** ORCID, or the ISNI that it is one of, as `0000-0000-0000-000C`. */
function orcid(text: string): string | null {
  const signs = signsOf(text, /^(?:HTTPS?:\/\/)?(?:ORCID\.ORG|(?:WWW\.)?ISNI\.ORG(?:\/ISNI)?)\/|^(?:ORCID|ISNI)[:\s]*/);
  if (!/^\d{15}[\dX]$/.test(signs) || endsInCheck(signs, checkDigitMod11Of2) === null) return null;
  return signs.replace(/.{4}(?=.)/g, "$&-");
}

/** IMDb's ids as `tt0000000`, out of addresses too; figures alone, as some catalogues keep them, are those of a title. */
function imdb(text: string): string | null {
  const parts =
    /^(?:(?:https?:\/\/)?(?:www\.|m\.)?imdb\.com\/(?:[a-z]+\/)*)?(tt|nm|co|ch|ev|ni)?(\d{1,10})(?:[/?#].*)?$/i.exec(
      text,
    );
  const digits = parts?.[2]?.replace(/^0+/, "") ?? "";
  return digits === "" ? null : (parts?.[1]?.toLowerCase() ?? "tt") + digits.padStart(7, "0");
}

/** The signs, if their last is the check of all before it. */
function endsInCheck(signs: string, checkOf: (body: string) => string): string | null {
  return checkOf(signs.slice(0, -1)) === signs.at(-1) ? signs : null;
}
