export default ({ Vue }) => {
  Vue.config.ignoredElements.push("cross-entropy-demo");
};
