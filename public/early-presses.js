// What is pressed before the console listens would be lost: it is kept, and pressed again once it does.
(() => {
  let last = null;

  function keepButton(event) {
    const button = event.target instanceof Element ? event.target.closest('button[type=button]') : null;
    if (button !== null) last = () => button.isConnected && button.click();
  }

  function keepForm(event) {
    const form = event.target;
    event.preventDefault();
    last = () => form.isConnected && form.requestSubmit();
  }

  document.addEventListener('click', keepButton, true);
  document.addEventListener('submit', keepForm, true);
  addEventListener(
    'mooring:ready',
    () => {
      document.removeEventListener('click', keepButton, true);
      document.removeEventListener('submit', keepForm, true);
      last?.();
    },
    { once: true },
  );
})();
