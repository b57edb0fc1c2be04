/* What our editing screens do beyond Wagtail: three small controllers. All texts come from the page. */
(() => {
  const { Controller } = window.StimulusModule;

  /* Puts the template's guidance beside the section that was copied from it. */
  class GuidanceController extends Controller {
    static targets = ['place', 'key'];

    connect() {
      const key = this.keyTarget.querySelector('input');
      const found = key && key.value
        ? document.querySelector(`template[data-xq-section="${CSS.escape(key.value)}"]`)
        : null;
      if (!found) return;
      this.placeTarget.replaceChildren(found.content.cloneNode(true));
      this.placeTarget.hidden = false;
    }
  }

  /* Offers the calendar rows of the plan that is chosen in the field beside it. */
  class PlanRowsController extends Controller {
    static values = { plan: String, url: String };

    connect() {
      this.plan = this.element.form && this.element.form.elements[this.planValue];
      if (!this.plan) return;
      this.refresh = this.refresh.bind(this);
      this.plan.addEventListener('change', this.refresh);
    }

    disconnect() {
      if (this.plan) this.plan.removeEventListener('change', this.refresh);
    }

    async refresh() {
      const id = this.plan.value;
      let rows = [];
      if (/^\d+$/.test(id)) {
        const answer = await fetch(this.urlValue.replace('/0/', `/${id}/`), { credentials: 'same-origin' });
        rows = answer.ok ? (await answer.json()).rows : [];
      }
      if (id !== this.plan.value) return;
      const none = this.element.options[0];
      this.element.replaceChildren(none, ...rows.map((row) => new Option(row.label, row.id)));
      this.element.value = '';
    }
  }

  /* Counts the characters of a field against its limit. */
  class CountController extends Controller {
    connect() {
      this.field = this.element.querySelector('textarea, input[type="text"]');
      if (!this.field || !(this.field.maxLength > 0)) return;
      this.limit = this.field.maxLength;
      this.note = document.createElement('p');
      this.note.className = 'xq-count';
      this.field.after(this.note);
      this.show = this.show.bind(this);
      this.field.addEventListener('input', this.show);
      this.show();
    }

    show() {
      const length = [...this.field.value].length;
      this.note.textContent = `${length} / ${this.limit}`;
      this.note.classList.toggle('xq-count--over', length >= this.limit);
    }
  }

  const { app } = window.wagtail;
  app.register('xq-guidance', GuidanceController);
  app.register('xq-plan-rows', PlanRowsController);
  app.register('xq-count', CountController);
})();
