import { unitsOf } from "./values.ts";

/** A product of the sample company; amounts in ten-thousandths. */
export interface SampleProduct {
  readonly code: string;
  readonly name: string;
  readonly category: string;
  readonly perUnit: string;
  readonly cost: number;
  readonly price: number;
  readonly reorderLevel: number;
  readonly targetLevel: number;
  readonly minimumReorder: number;
  /** The number of the supplier in `suppliers`, from 1. */
  readonly supplier: number;
}

/** Reads `code | name | category | per unit | cost | price | reorder | target | minimum | supplier` lines. */
function products(lines: string): readonly SampleProduct[] {
  return lines
    .trim()
    .split("\n")
    .map((line) => {
      const [code = "", name = "", category = "", perUnit = "", cost = "", price = "", ...levels] = line
        .split("|")
        .map((cell) => cell.trim());
      const [reorderLevel = 0, targetLevel = 0, minimumReorder = 0, supplier = 0] = levels.map((level) =>
        Number.parseInt(level, 10),
      );
      return {
        code,
        name,
        category,
        perUnit,
        cost: unitsOf(cost),
        price: unitsOf(price),
        reorderLevel,
        targetLevel,
        minimumReorder,
        supplier,
      };
    });
}

export const sampleProducts = products(`
HH-101 | Belcolle Espresso Scuro       | Coffee & Tea    | 6 bags x 1 kg         | 61.50  | 82.00  | 40 | 160 | 20 | 4
HH-102 | Belcolle Filtro Chiaro        | Coffee & Tea    | 6 bags x 1 kg         | 58.20  | 77.60  | 30 | 120 | 20 | 4
HH-103 | Belcolle Decaffeinato         | Coffee & Tea    | 6 bags x 500 g        | 37.80  | 50.40  | 15 | 60  | 10 | 4
HH-104 | Highmoor Breakfast Tea        | Coffee & Tea    | 12 tins x 125 g       | 32.40  | 43.20  | 25 | 100 | 12 | 9
HH-105 | Highmoor Heather Tea          | Coffee & Tea    | 12 tins x 100 g       | 36.00  | 48.00  | 20 | 80  | 12 | 9
HH-106 | Çınar Apple Tea               | Coffee & Tea    | 24 boxes x 20 bags    | 21.60  | 28.80  | 20 | 80  | 24 | 10
HH-201 | Highmoor Bitter Orange        | Preserves       | 12 jars x 340 g       | 25.80  | 34.40  | 40 | 160 | 24 | 9
HH-202 | Highmoor Blackcurrant         | Preserves       | 12 jars x 340 g       | 24.60  | 32.80  | 40 | 160 | 24 | 9
HH-203 | Highmoor Rhubarb & Ginger     | Preserves       | 12 jars x 340 g       | 26.40  | 35.20  | 25 | 100 | 24 | 9
HH-204 | Łąkowa Plum Butter            | Preserves       | 12 jars x 310 g       | 19.20  | 25.60  | 30 | 120 | 24 | 8
HH-205 | Łąkowa Wild Rose Petals       | Preserves       | 12 jars x 210 g       | 31.20  | 41.60  | 15 | 60  | 12 | 8
HH-206 | Aubrelle Confiture de Cassis  | Preserves       | 6 jars x 370 g        | 18.90  | 25.20  | 20 | 80  | 12 | 3
HH-207 | Almlunda Lingonberry          | Preserves       | 8 jars x 400 g        | 17.55  | 23.40  | 30 | 120 | 16 | 5
HH-301 | Sierra Clara Picual           | Oils & Vinegars | 6 bottles x 750 ml    | 49.50  | 66.00  | 40 | 160 | 18 | 2
HH-302 | Sierra Clara Arbequina        | Oils & Vinegars | 6 bottles x 500 ml    | 38.70  | 51.60  | 30 | 120 | 18 | 2
HH-303 | Sierra Clara Sherry Vinegar   | Oils & Vinegars | 12 bottles x 250 ml   | 33.75  | 45.00  | 20 | 80  | 12 | 2
HH-304 | Vale Azul Azeite Virgem       | Oils & Vinegars | 6 tins x 1 l          | 52.65  | 70.20  | 25 | 100 | 12 | 1
HH-305 | Aubrelle Vinaigre de Cidre    | Oils & Vinegars | 12 bottles x 500 ml   | 23.40  | 31.20  | 20 | 80  | 12 | 3
HH-306 | Karlberg Rapsöl               | Oils & Vinegars | 12 bottles x 500 ml   | 28.80  | 38.40  | 30 | 120 | 24 | 7
HH-401 | Almlunda Prästost 18 months   | Cheese & Dairy  | 4 wheels x 2.5 kg     | 118.50 | 158.00 | 10 | 40  | 4  | 5
HH-402 | Almlunda Hushållsost          | Cheese & Dairy  | 6 wheels x 1 kg       | 54.90  | 73.20  | 15 | 60  | 6  | 5
HH-403 | Almlunda Whipped Butter       | Cheese & Dairy  | 20 tubs x 250 g       | 42.00  | 56.00  | 20 | 80  | 10 | 5
HH-404 | Vale Azul Queijo Curado       | Cheese & Dairy  | 6 pieces x 800 g      | 71.40  | 95.20  | 12 | 48  | 6  | 1
HH-405 | Aubrelle Tomme de Brume       | Cheese & Dairy  | 2 wheels x 1.8 kg     | 57.60  | 76.80  | 12 | 48  | 4  | 3
HH-501 | Nordhavn Smoked Herring       | Fish & Seafood  | 24 tins x 190 g       | 44.10  | 58.80  | 25 | 100 | 24 | 6
HH-502 | Nordhavn Smoked Mackerel      | Fish & Seafood  | 24 tins x 125 g       | 39.60  | 52.80  | 25 | 100 | 24 | 6
HH-503 | Nordhavn Cod Roe Spread       | Fish & Seafood  | 12 tubes x 175 g      | 22.95  | 30.60  | 20 | 80  | 12 | 6
HH-504 | Vale Azul Sardinhas           | Fish & Seafood  | 30 tins x 120 g       | 48.60  | 64.80  | 30 | 120 | 30 | 1
HH-505 | Vale Azul Atum em Azeite      | Fish & Seafood  | 24 tins x 120 g       | 52.20  | 69.60  | 25 | 100 | 24 | 1
HH-601 | Karlberg Roggenmehl           | Grain & Baking  | 10 bags x 1 kg        | 14.25  | 19.00  | 40 | 160 | 40 | 7
HH-602 | Karlberg Dinkelmehl           | Grain & Baking  | 10 bags x 1 kg        | 17.85  | 23.80  | 40 | 160 | 40 | 7
HH-603 | Karlberg Spätzle              | Grain & Baking  | 20 bags x 500 g       | 26.70  | 35.60  | 30 | 120 | 20 | 7
HH-604 | Łąkowa Buckwheat              | Grain & Baking  | 12 bags x 900 g       | 18.60  | 24.80  | 25 | 100 | 24 | 8
HH-605 | Highmoor Oatcakes             | Grain & Baking  | 12 boxes x 200 g      | 16.80  | 22.40  | 30 | 120 | 24 | 9
HH-606 | Aubrelle Farine de Sarrasin   | Grain & Baking  | 8 bags x 1 kg         | 20.55  | 27.40  | 15 | 60  | 16 | 3
HH-701 | Çınar Dried Figs              | Nuts & Fruit    | 8 boxes x 1 kg        | 55.80  | 74.40  | 20 | 80  | 8  | 10
HH-702 | Çınar Roasted Hazelnuts       | Nuts & Fruit    | 10 bags x 1 kg        | 93.00  | 124.00 | 20 | 80  | 10 | 10
HH-703 | Çınar Sun-dried Apricots      | Nuts & Fruit    | 8 boxes x 1 kg        | 62.40  | 83.20  | 20 | 80  | 8  | 10
HH-704 | Sierra Clara Marcona Almonds  | Nuts & Fruit    | 10 bags x 500 g       | 78.75  | 105.00 | 15 | 60  | 10 | 2
HH-705 | Łąkowa Dried Forest Mushrooms | Nuts & Fruit    | 24 bags x 50 g        | 64.80  | 86.40  | 15 | 60  | 12 | 8
HH-801 | Aubrelle Moutarde à l'Ancienne | Condiments     | 12 jars x 350 g       | 27.30  | 36.40  | 30 | 120 | 24 | 3
HH-802 | Karlberg Süßer Senf           | Condiments      | 12 jars x 250 g       | 19.35  | 25.80  | 25 | 100 | 24 | 7
HH-803 | Almlunda Cloudberry Mustard   | Condiments      | 8 jars x 200 g        | 23.10  | 30.80  | 15 | 60  | 16 | 5
HH-804 | Vale Azul Piri-Piri           | Condiments      | 12 bottles x 200 ml   | 21.15  | 28.20  | 25 | 100 | 24 | 1
HH-805 | Belcolle Crema di Nocciola    | Condiments      | 12 jars x 250 g       | 46.35  | 61.80  | 20 | 80  | 12 | 4
`);
