/**
 * The sample company: Havnegade Handel, an invented wholesale trader of fine food in Copenhagen, its customers,
 * suppliers, shippers and staff. Every name is made up; the addresses use real cities to look realistic.
 */

/** A person or firm, as in the five contact tables. */
export interface Contact {
  readonly company: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly job_title: string;
  readonly email_address: string;
  readonly business_phone: string;
  readonly address: string;
  readonly city: string;
  readonly state_province: string;
  readonly zip_postal_code: string;
  readonly country_region: string;
}

/** The firm itself. Its numbers have correct check digits, and belong to nobody. */
export const havnegadeHandel = {
  name: "Havnegade Handel",
  address: "Havnegade 14",
  city: "København",
  state_province: "Hovedstaden",
  zip_postal_code: "1058",
  country_region: "Denmark",
  vat_id: "DK12345674",
  iban: "DK5000400440116243",
  currency: "DKK",
  time_zone: "Europe/Copenhagen",
  invoice_prefix: "F",
  credit_note_prefix: "K",
  purchase_order_prefix: "B",
  terms: "Payment within 30 days. Goods remain ours until they are paid for.",
} as const;

/** The country whose customers pay tax; sales abroad are exempt. */
export const homeCountry = "Denmark";

/** Reads `company | first | last | title | e-mail | phone | address | city | state | zip | country` lines. */
function contacts(lines: string): readonly Contact[] {
  return lines
    .trim()
    .split("\n")
    .map((line) => {
      const [company = "", first = "", last = "", title = "", email = "", phone = "", address = "", ...rest] = line
        .split("|")
        .map((cell) => cell.trim());
      const [city = "", state = "", zip = "", country = ""] = rest;
      return {
        company,
        first_name: first,
        last_name: last,
        job_title: title,
        email_address: email,
        business_phone: phone,
        address,
        city,
        state_province: state,
        zip_postal_code: zip,
        country_region: country,
      };
    });
}

/** Number 2 may approve purchases, number 1 is the administrator. */
export const employees = contacts(`
Havnegade Handel | Ingrid | Vestergaard | Managing Director | ingrid@havnegade.example | +45 5550 1001 | Havnegade 14 | København | Hovedstaden | 1058 | Denmark
Havnegade Handel | Søren | Lindqvist | Purchasing Manager | soren@havnegade.example | +45 5550 1002 | Havnegade 14 | København | Hovedstaden | 1058 | Denmark
Havnegade Handel | Amélie | Charpentier | Sales Manager | amelie@havnegade.example | +45 5550 1003 | Havnegade 14 | København | Hovedstaden | 1058 | Denmark
Havnegade Handel | Tomasz | Wójcik | Sales Representative | tomasz@havnegade.example | +45 5550 1004 | Havnegade 14 | København | Hovedstaden | 1058 | Denmark
Havnegade Handel | Katrín | Jónsdóttir | Sales Representative | katrin@havnegade.example | +45 5550 1005 | Havnegade 14 | København | Hovedstaden | 1058 | Denmark
Havnegade Handel | Malik | Osei | Sales Representative | malik@havnegade.example | +45 5550 1006 | Havnegade 14 | København | Hovedstaden | 1058 | Denmark
Havnegade Handel | Freja | Bøgelund | Order Desk | freja@havnegade.example | +45 5550 1007 | Havnegade 14 | København | Hovedstaden | 1058 | Denmark
Havnegade Handel | Diego | Ibáñez | Warehouse Supervisor | diego@havnegade.example | +45 5550 1008 | Nordre Kaj 3 | Køge | Sjælland | 4600 | Denmark
Havnegade Handel | Hanne | Grønbæk | Accountant | hanne@havnegade.example | +45 5550 1009 | Havnegade 14 | København | Hovedstaden | 1058 | Denmark
`);

export const shippers = contacts(`
Øresund Fragt | Lars | Damgaard | Dispatcher | booking@oresund-fragt.example | +45 5550 2001 | Containervej 8 | København | Hovedstaden | 2150 | Denmark
Blue Heron Logistics | Megan | Tully | Account Manager | desk@blueheron.example | +353 1 555 0142 | 22 Alexandra Quay | Dublin | Leinster | D01 X2 | Ireland
Kühn & Söhne Spedition | Jürgen | Kühn | Owner | auftrag@kuehn-soehne.example | +49 40 5550 177 | Veddeler Damm 31 | Hamburg | Hamburg | 20457 | Germany
`);

export const suppliers = contacts(`
Quinta do Vale Azul | Inês | Carvalhal | Export Manager | export@valeazul.example | +351 22 555 0110 | Rua do Cais 41 | Porto | Norte | 4050-265 | Portugal
Aceites Sierra Clara | Rocío | Peñalver | Sales Manager | ventas@sierraclara.example | +34 953 555 014 | Camino Alto 7 | Jaén | Andalucía | 23001 | Spain
Maison Aubrelle | Étienne | Aubrelle | Owner | bonjour@aubrelle.example | +33 4 55 50 01 88 | 9 quai des Brumes | Lyon | Rhône | 69002 | France
Torrefazione Belcolle | Giulia | Marchetto | Sales Manager | ordini@belcolle.example | +39 040 555 0133 | Via del Porto 18 | Trieste | Friuli | 34121 | Italy
Gårdsmejeriet Almlunda | Åsa | Hällström | Sales Representative | order@almlunda.example | +46 31 555 0171 | Almlundavägen 2 | Göteborg | Västra Götaland | 411 04 | Sweden
Nordhavn Røgeri | Ole | Kjærsgaard | Owner | salg@nordhavn-rogeri.example | +45 5550 3106 | Fiskerihavnen 5 | Skagen | Nordjylland | 9990 | Denmark
Karlberg Mühle | Heike | Straßner | Order Desk | bestellung@karlberg.example | +49 731 5550 42 | Mühlgasse 12 | Ulm | Baden-Württemberg | 89073 | Germany
Łąkowa Spiżarnia | Małgorzata | Zięba | Export Manager | eksport@lakowa.example | +48 12 555 01 19 | ul. Łąkowa 27 | Kraków | Małopolska | 30-001 | Poland
Highmoor Preserves | Fiona | MacAskill | Director | trade@highmoor.example | +44 1463 555 018 | 3 Old Ferry Road | Inverness | Highland | IV1 1RA | United Kingdom
Çınar Kuruyemiş | Gülşen | Aydoğdu | Export Manager | ihracat@cinar.example | +90 232 555 01 27 | Liman Caddesi 60 | İzmir | İzmir | 35220 | Türkiye
`);

export const customers = contacts(`
Café Nordlys | Emil | Thorsager | Owner | emil@nordlys.example | +45 5550 4001 | Vestergade 22 | Aarhus | Midtjylland | 8000 | Denmark
Smagens Hus | Birgitte | Østerby | Purchasing Manager | indkob@smagenshus.example | +45 5550 4002 | Kongensgade 9 | Odense | Syddanmark | 5000 | Denmark
Hotel Limfjorden | Mads | Ravnsborg | Food & Beverage Manager | mads@limfjorden.example | +45 5550 4003 | Strandvejen 120 | Aalborg | Nordjylland | 9000 | Denmark
Købmand Sørensen & Datter | Line | Sørensen | Owner | butik@soerensen-datter.example | +45 5550 4004 | Torvet 3 | Ribe | Syddanmark | 6760 | Denmark
Delikatessen Torvehallen | Jonas | Abildgaard | Buyer | jonas@torvehallen.example | +45 5550 4005 | Linnésgade 17 | København | Hovedstaden | 1362 | Denmark
Restaurant Skærgården | Elin | Bergqvist | Head Chef | elin@skargarden.example | +46 8 555 0151 | Strandvägen 31 | Stockholm | Stockholm | 114 56 | Sweden
Lindells Livs | Oskar | Lindell | Owner | oskar@lindells.example | +46 40 555 0152 | Möllevångsgatan 8 | Malmö | Skåne | 214 20 | Sweden
Fjellstua Kafé | Sigrid | Haugland | Manager | post@fjellstua.example | +47 555 50 161 | Bryggen 11 | Bergen | Vestland | 5003 | Norway
Ørnes Dagligvare | Håkon | Ødegård | Purchasing Manager | hakon@ornes.example | +47 555 50 162 | Storgata 44 | Tromsø | Troms | 9008 | Norway
Kauppahalli Mäkelä | Päivi | Mäkelä | Owner | paivi@makela.example | +358 9 555 0171 | Hämeentie 19 | Helsinki | Uusimaa | 00500 | Finland
Verslunin Bláa Húsið | Ásgeir | Þórðarson | Owner | asgeir@blaahusid.example | +354 555 0181 | Laugavegur 58 | Reykjavík | Höfuðborgarsvæðið | 101 | Iceland
Feinkost Grünwald | Sabine | Grünwald | Owner | sabine@feinkost-gruenwald.example | +49 89 5550 191 | Rosenheimer Straße 40 | München | Bayern | 81669 | Germany
Café Zur Alten Mühle | Matthias | Weißkopf | Manager | kontakt@altemuehle.example | +49 221 5550 192 | Mühlenweg 6 | Köln | Nordrhein-Westfalen | 50667 | Germany
Hanseatisches Kontor Brahms | Anke | Brahms | Purchasing Manager | einkauf@kontor-brahms.example | +49 451 5550 193 | An der Untertrave 77 | Lübeck | Schleswig-Holstein | 23552 | Germany
Kaffeehaus Prohaska | Leopold | Prohaska | Owner | leopold@prohaska.example | +43 1 555 0201 | Josefstädter Straße 25 | Wien | Wien | 1080 | Austria
Épicerie des Lilas | Hélène | Fauvel | Owner | helene@epicerie-lilas.example | +33 1 55 50 02 11 | 48 rue des Lilas | Paris | Île-de-France | 75019 | France
Le Comptoir d'Émile | Benoît | Grangé | Head Chef | benoit@comptoir-emile.example | +33 5 55 50 02 12 | 2 place du Marché | Toulouse | Occitanie | 31000 | France
Mercado La Alhóndiga | Begoña | Zubiría | Buyer | compras@alhondiga.example | +34 94 555 0221 | Calle del Puerto 15 | Bilbao | País Vasco | 48001 | Spain
Pastelaria São Telmo | João | Magalhães | Owner | joao@saotelmo.example | +351 21 555 0231 | Rua da Conceição 90 | Lisboa | Lisboa | 1100-153 | Portugal
Bottega Sant'Agnese | Niccolò | Ferrante | Owner | niccolo@santagnese.example | +39 051 555 0241 | Via delle Lame 33 | Bologna | Emilia-Romagna | 40122 | Italy
Sklep Pod Jaworem | Zdzisław | Gąsior | Owner | sklep@podjaworem.example | +48 71 555 02 51 | ul. Świdnicka 12 | Wrocław | Dolnośląskie | 50-068 | Poland
Lahůdky U Třech Růží | Kateřina | Dvořáčková | Manager | objednavky@tri-ruze.example | +420 225 550 261 | Růžová 7 | Praha | Praha | 110 00 | Czechia
Csemege Kőváry | Zsófia | Kőváry | Owner | zsofia@kovary.example | +36 1 555 0271 | Ráday utca 29 | Budapest | Budapest | 1092 | Hungary
Băcănia Veche | Ștefan | Țurcanu | Owner | stefan@bacaniaveche.example | +40 264 555 028 | Strada Memorandumului 4 | Cluj-Napoca | Cluj | 400114 | Romania
Trgovina Pri Žabici | Špela | Kovačič | Owner | spela@zabica.example | +386 1 555 0291 | Cankarjevo nabrežje 13 | Ljubljana | Osrednjeslovenska | 1000 | Slovenia
Groene Lantaarn | Maartje | van der Veen | Buyer | inkoop@groenelantaarn.example | +31 20 555 0301 | Prinsengracht 402 | Amsterdam | Noord-Holland | 1016 JC | Netherlands
Délices du Sablon | Loïc | Vandenbrœck | Owner | loic@delices-sablon.example | +32 2 555 0311 | Rue des Minimes 61 | Bruxelles | Bruxelles-Capitale | 1000 | Belgium
O’Connell’s Larder | Niamh | O’Connell | Owner | niamh@oconnells-larder.example | +353 21 555 0321 | 18 Cornmarket Street | Cork | Munster | T12 W8 | Ireland
Thistle & Rye Provisions | Callum | Drummond | Purchasing Manager | callum@thistlerye.example | +44 131 555 0331 | 7 Cockburn Close | Edinburgh | Midlothian | EH1 1BP | United Kingdom
Harbour Pantry Co. | Priya | Raghunathan | Buyer | priya@harbourpantry.example | +44 117 555 0341 | 55 Redcliffe Parade | Bristol | Somerset | BS1 6SP | United Kingdom
`);
