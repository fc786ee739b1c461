import { type Contact, customers, employees } from "./company.ts";
import type { Random } from "./random.ts";

/** Parts of the names and addresses of generated customers and salespeople. */
const firstNames =
  `Alma Anders Aoife Bastien Bea Björn Carla Chloé Dagný Elías Eva Filip Gréta Hugo Ilse Jana Jörg Karin Lóránt Luca Maëlle Marek
Nadia Noël Olga Oriol Pia Rafał René Sára Signe Tiago Tove Ulf Vera Yusuf Zoë`.split(/\s+/);
const lastNames =
  `Aalto Abrantes Bakker Bergström Bianchi Brandão Césaire Duarte Eklund Fabre Farkas García Gjerde Hagen Holm
Iversen Jansen Kaya Kowalska Kühne Laurent Lindström Løvås Marín Mikkelsen Moreau Müller Novák Nyström Ólafsson Petri Quist Romero
Rossi Serra Sjöberg Szabó Teixeira Tóth Ulrich Vidal Vogel Weber Yilmaz Zak`.split(/\s+/);
const businesses = [
  "Café",
  "Delicatessen",
  "Hotel",
  "Restaurant",
  "Épicerie",
  "Feinkost",
  "Kiosk",
  "Market",
  "Pantry",
  "Bakery",
];
const titles = ["Owner", "Buyer", "Manager", "Head Chef", "Purchasing Manager"];
const streets = [
  "Market Street",
  "Rue du Port",
  "Hauptstraße",
  "Storgatan",
  "Kirkevej",
  "Via Roma",
  "Calle Mayor",
  "ulica Długa",
];

/** Another customer, in a city where the company already has one. */
export function newCustomer(random: Random, number: number): Contact {
  const home = random.pick(customers);
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  return {
    company: `${random.pick(businesses)} ${last} ${home.city}`.slice(0, 50),
    first_name: first,
    last_name: last,
    job_title: random.pick(titles),
    email_address: `customer${number}@buyers.example`,
    business_phone: `+00 555 ${String(number).padStart(7, "0")}`,
    address: `${random.pick(streets)} ${random.between(1, 180)}`,
    city: home.city,
    state_province: home.state_province,
    zip_postal_code: home.zip_postal_code,
    country_region: home.country_region,
  };
}

/** Another sales representative. */
export function newEmployee(random: Random, number: number): Contact {
  const office = random.pick(employees);
  return {
    ...office,
    first_name: random.pick(firstNames),
    last_name: random.pick(lastNames),
    job_title: "Sales Representative",
    email_address: `sales${number}@havnegade.example`,
  };
}
