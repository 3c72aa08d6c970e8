SELECT refund_id, refunded_on FROM shop.refunds
