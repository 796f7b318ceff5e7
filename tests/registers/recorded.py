# SPDX-License-Identifier: Apache-2.0
"""Answers of the providers in the shape of their documentation, about invented companies."""

NO, DK, GB, FI, LEI, VAT, DUNS = ("923609016", "12345674", "01234567", "01120389",
                                  "529900T8BM49AURSDO55", "DK12345674", "804735132")

BRREG = {
    "organisasjonsnummer": NO, "navn": "VIKSUND BRYGGERI AS",
    "organisasjonsform": {"kode": "AS", "beskrivelse": "Aksjeselskap"},
    "hjemmeside": "www.viksund.example", "epostadresse": "post@viksund.example",
    "telefon": "22 33 44 55", "registrertIMvaregisteret": True, "antallAnsatte": 14,
    "naeringskode1": {"kode": "11.050", "beskrivelse": "Produksjon av øl"},
    "forretningsadresse": {"land": "Norge", "landkode": "NO", "postnummer": "6950",
                           "poststed": "VIKSUND", "adresse": ["Bryggegata 4"]},
    "stiftelsesdato": "1998-04-02", "konkurs": False, "underAvvikling": False}
CVR = {"took": 3, "hits": {"total": 1, "hits": [{"_source": {"Vrvirksomhed": {
    "cvrNummer": int(DK), "reklamebeskyttet": False,
    "telefonNummer": [{"kontaktoplysning": "33 12 45 67", "hemmelig": False}],
    "elektroniskPost": [{"kontaktoplysning": "post@nordlys.example", "hemmelig": False}],
    "virksomhedMetadata": {
        "nyesteNavn": {"navn": "Nordlys A/S"}, "sammensatStatus": "NORMAL",
        "nyesteHovedbranche": {"branchekode": "620100", "branchetekst": "Programmering"},
        "nyesteBeliggenhedsadresse": {
            "vejnavn": "Havnegade", "husnummerFra": 12, "postnummer": 8000,
            "postdistrikt": "Aarhus C", "landekode": "DK"}}}}}]}}
COMPANIES_HOUSE = {
    "company_name": "NORTHERN LIGHT LTD", "company_number": GB, "company_status": "active",
    "date_of_creation": "2001-02-03", "sic_codes": ["62012"], "type": "ltd",
    "registered_office_address": {"address_line_1": "1 Quay Road", "locality": "Leith",
                                  "postal_code": "EH6 6AA", "country": "Scotland"}}
GLEIF = {"data": {"type": "lei-records", "id": LEI, "attributes": {"lei": LEI, "entity": {
    "legalName": {"name": "Nordlicht GmbH", "language": "de"}, "registeredAs": "HRB 1234",
    "headquartersAddress": {"addressLines": ["Hafen 1"], "city": "Kiel", "country": "DE",
                            "postalCode": "24103"}, "status": "ACTIVE"}}}}
PRH = {"totalResults": 1, "companies": [{
    "businessId": {"value": "0112038-9", "registrationDate": "1978-03-15"},
    "names": [{"name": "Revontuli Oy", "type": "1", "registrationDate": "2001-01-01"}],
    "addresses": [{"type": 1, "street": "Satamakatu", "buildingNumber": "3", "postCode": "00160",
                   "postOffices": [{"city": "HELSINKI", "languageCode": "1"}]}],
    "website": {"url": "www.revontuli.example"}, "companySituations": [], "status": "2"}]}
VIES = {"countryCode": "DK", "vatNumber": DK, "valid": True, "requestIdentifier": "",
        "name": "NORDLYS A/S", "address": "Havnegade 12\n8000 Aarhus C"}
DNB = {"organization": {
    "duns": DUNS, "primaryName": "Northern Light Inc.",
    "primaryAddress": {"addressCountry": {"isoAlpha2Code": "US"}, "postalCode": "02110",
                       "addressLocality": {"name": "Boston"},
                       "streetAddress": {"line1": "1 Wharf"}},
    "registrationNumbers": [{"registrationNumber": "000123456"}],
    "dunsControlStatus": {"operatingStatus": {"description": "Active"}}}}

# provider: number, answer, name, how it must be asked, how it must sign in, its settings
PROVIDERS = {
    "brreg": (NO, BRREG, "VIKSUND BRYGGERI AS", f"GET /enheter/{NO}", None, {}),
    "cvr": (DK, CVR, "Nordlys A/S", "POST /virksomhed/_search", "Basic dXNlcjpzM2NyM3Q=",
            {"user": "user", "password": "s3cr3t"}),
    "companies_house": (GB, COMPANIES_HOUSE, "NORTHERN LIGHT LTD", f"GET /company/{GB}",
                        "Basic czNjcjN0Og==", {"key": "s3cr3t"}),
    "gleif": (LEI, GLEIF, "Nordlicht GmbH", f"GET /lei-records/{LEI}", None, {}),
    "prh": (FI, PRH, "Revontuli Oy", "GET /companies?businessId=0112038-9", None, {}),
    "vies": (VAT, VIES, "NORDLYS A/S", "POST /check-vat-number", None, {}),
    "dnb": (DUNS, DNB, "Northern Light Inc.", f"GET /v1/data/duns/{DUNS}", "Bearer t0k3n",
            {"key": "user", "secret": "s3cr3t"})}

# provider: how a search for "lys" must be asked, the answer, the numbers that are found
SEARCHES = {
    "brreg": ("GET /enheter?navn=lys&size=10", {"_embedded": {"enheter": [BRREG]}}, [NO]),
    "cvr": ("POST /virksomhed/_search", CVR, [DK]),
    "companies_house": ("GET /search/companies?q=lys&items_per_page=10", {"items": [
        {"title": "NORTHERN LIGHT LTD", "company_number": GB, "company_status": "active",
         "address": {"address_line_1": "1 Quay Road"}}]}, [GB]),
    "gleif": ("GET /lei-records?filter%5Bentity.legalName%5D=lys&page%5Bsize%5D=10",
              {"data": [GLEIF["data"]]}, [LEI]),
    "prh": ("GET /companies?name=lys&page=1", PRH, [FI]),
    "dnb": ("GET /v1/search/typeahead?searchTerm=lys&candidateMaximumQuantity=10",
            {"searchCandidates": [DNB]}, [DUNS])}
