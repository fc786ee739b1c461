// The floor: the limit that no program in this runtime can beat.
// It gives the same constant answer, as long as an order, to every request.
const order = {
  id: 42,
  employee_id: 3,
  customer_id: 21,
  order_date: "2024-11-25T09:16:00",
  shipped_date: "2024-11-28T17:00:00",
  shipper_id: 2,
  ship_name: "Zdzisław Gąsior",
  ship_address: "ul. Świdnicka 12",
  ship_city: "Wrocław",
  ship_state_province: "Dolnośląskie",
  ship_zip_postal_code: "50-068",
  ship_country_region: "Poland",
  shipping_fee: "0.0000",
  taxes: "0.0000",
  payment_type: "Cash",
  paid_date: "2024-12-20T17:00:00",
  notes: null,
  tax_rate: 0,
  tax_status_id: 0,
  status_id: 3,
};
const answer = JSON.stringify({ success: true, message: "Order retrieved", data: order });
const headers = { "content-type": "application/json" };

Bun.serve({
  port: Number(process.env.PORT ?? "8000"),
  hostname: process.env.HOST ?? "127.0.0.1",
  fetch: () => new Response(answer, { headers }),
});
