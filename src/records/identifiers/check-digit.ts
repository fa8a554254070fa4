const alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The check digit of GTIN, EAN and ISBN-13: weights 3 and 1 in turn from the right, modulo 10 (GS1 General Specifications, 7.9). */
export function checkDigitMod10(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) sum += Number(digits[i]) * ((digits.length - i) % 2 === 1 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}

/** The check sign of ISBN-10 and ISSN: weights rising by one from 2 at the right, modulo 11, "X" for 10 (ISO 2108, ISO 3297). */
export function checkDigitMod11(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) sum += Number(digits[i]) * (digits.length + 1 - i);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? "X" : String(check);
}

/** The check sign of ORCID and ISNI: ISO 7064, MOD 11-2. */
export function checkDigitMod11Of2(digits: string): string {
  let total = 0;
  for (const digit of digits) total = ((total + Number(digit)) * 2) % 11;
  const check = (12 - total) % 11;
  return check === 10 ? "X" : String(check);
}

/** The check sign of EIDR: ISO 7064, MOD 37,36, over digits and capital letters. */
export function checkSignMod37Of36(signs: string): string {
  let product = 36;
  for (const sign of signs) {
    const sum = (product + alphanumeric.indexOf(sign)) % 36 || 36;
    product = (sum * 2) % 37;
  }
  return alphanumeric[(37 - product) % 36] as string;
}
