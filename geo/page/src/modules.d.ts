// What the bundle takes in beside scripts: Leaflet's module build has the types of Leaflet, a stylesheet has none.

declare module "leaflet/dist/leaflet-src.esm.js" {
  export * from "leaflet";
}
declare module "*.css";
