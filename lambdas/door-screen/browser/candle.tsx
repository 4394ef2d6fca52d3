/** A candle that burns between arrivals; it stands still for whoever wants less motion. */
export const Candle = () => (
  <div class="candle" aria-hidden="true">
    <div class="glow" />
    <div class="flame" />
    <div class="wax" />
  </div>
);
