/** A process that works for its parent: an order comes as a message, and its result goes back as one. */

/** Ends the process when an order fails, and when its parent is gone. */
export function takeOrders<Order, Result>(run: (order: Order) => Promise<Result>): void {
  process.on('message', (order: Order) => {
    run(order).then(
      (result) => process.send?.(result),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.on('disconnect', () => process.exit(0));
}
