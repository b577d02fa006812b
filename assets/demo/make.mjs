// Makes the catalogue of the demo out of the full one: what the simulated marketplaces read, in Sampan's words.
//
//   node assets/demo/make.mjs FOLDER     FOLDER holds products.json and sellers.json as README.md describes them
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node assets/demo/make.mjs FOLDER');
  process.exit(2);
}
const load = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const save = (marketplace, name, records) => {
  mkdirSync(join(here, marketplace), { recursive: true });
  writeFileSync(join(here, marketplace, name), `[\n${records.map((record) => JSON.stringify(record)).join(',\n')}\n]\n`);
};

const dispatch_buckets = ['0', '1', '2', '3', '4-7', '8+'];

const freight = (kind) => ({
  kind: kind.kind,
  threshold_fen: kind.threshold_fen ?? 0,
  fen: kind.first_fen ?? kind.fen ?? 0,
  first_grams: kind.first_g ?? 0,
  step_grams: kind.step_g ?? 0,
  step_fen: kind.step_fen ?? 0,
});

const product = (from) => ({
  product_id: from.product_id,
  seller_id: from.seller_id,
  title_zh: from.title_zh,
  title_en: from.title.en,
  category_zh: from.category.zh,
  category_en: from.category.en,
  pictures: from.pictures,
  options: from.sku_properties.map(({ zh, en, values }) => ({ zh, en, values: values.map(({ id, ...value }) => value) })),
  skus: from.skus.map((sku) => ({
    sku_id: sku.sku_id,
    spec_id: sku.spec_id ?? sku.sku_id,
    values: sku.values,
    price_fen: sku.price_fen,
    stock: sku.stock,
    weight_grams: sku.weight_g,
  })),
  moq: from.moq,
  lot_size: from.lot_size,
  // Only 1688 has tiers: elsewhere each SKU has its price, whatever the quantity.
  quote_type: from.quote_type ?? (from.sku_properties.length > 0 ? 1 : 0),
  tier_prices: from.tier_prices ?? [{ min_quantity: 1, price_fen: from.skus[0].price_fen }],
  mixed_batch: from.mixed_batch ?? undefined,
  domestic_freight: freight(from.domestic_freight),
  weight_grams: from.weight_g,
  size: { length_mm: from.volume_mm.l, width_mm: from.volume_mm.w, height_mm: from.volume_mm.h },
  monthly_sales: from.monthly_sales,
  restock: {
    sales_per_day_tenths: Math.round(from.restock.sales_per_day * 10),
    every_days: from.restock.every_days,
    quantity: from.restock.quantity,
  },
  is_tmall: from.tmall || undefined,
  // JD's pool for enterprises has what JD sells itself; its own products have 12 digits, those of other sellers 14.
  is_in_pool: from.marketplace === 'jd' && from.product_id.length > 12 ? false : undefined,
});

const seller = (from) => ({
  seller_id: from.id,
  name_zh: from.name_zh,
  name_en: from.name_en,
  city_zh: from.city.zh,
  city_en: from.city.en,
  dispatch_per_mille: dispatch_buckets.map((bucket) => from.dispatch_days[bucket] ?? 0),
});

for (const marketplace of ['taobao', 'alibaba1688', 'jd']) {
  const is_there = (record) => record.marketplace === marketplace;
  save(marketplace, 'products.json', load('products.json').filter(is_there).map(product));
  save(marketplace, 'sellers.json', load('sellers.json').filter(is_there).map(seller));
}
