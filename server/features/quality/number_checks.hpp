// SPDX-License-Identifier: Apache-2.0
// Numbers of companies, for VAT and of bank accounts, by their form and their check digits. Pure.
#pragma once
#include <string>
#include <string_view>

namespace fokus::quality {

enum class Soundness {
  sound,
  wrong_form,   // another length, or letters where digits belong
  wrong_check,  // a digit is wrong
  unknown       // nothing is known of such numbers
};

// Letters and digits alone, in capitals.
std::string plain_number(std::string_view text);

// The VAT number of a member state of the EU, with its letters in front ("DK13585628"; Greece is
// EL), or of Norway, Switzerland, the United Kingdom and Northern Ireland. Check digits where the
// state has published how they are made; kinds of numbers without are judged by their form.
Soundness check_vat(std::string_view number);
// "DK" for "dk" …, "EL" for GR; empty for a country whose VAT numbers are not known.
std::string vat_prefix(std::string_view country);

// The registration number of a company of DK, NO, SE, FI or GB.
Soundness check_company_number(std::string_view country, std::string_view number);
// As it is written there: "12345678", "556703-7485", "1234567-8". For sound ones only.
std::string shown_company_number(std::string_view country, std::string_view number);

// An international bank account number: the length of its country, and modulus 97.
Soundness check_iban(std::string_view number);
std::string shown_iban(std::string_view number);  // in groups of four

}  // namespace fokus::quality
