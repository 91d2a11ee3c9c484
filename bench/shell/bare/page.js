/* global document */
document.body.textContent = 'Bare';
