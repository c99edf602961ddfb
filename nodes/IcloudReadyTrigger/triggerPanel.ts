import type { TriggerPanelDefinition } from 'n8n-workflow';

const whileBuilding =
	'There are two URLs.<br /><br /><b>While you build the workflow</b>, click the button and send a test lead to the test URL. It shows up here.';

/** What n8n shows to the left of the trigger's panel while nothing has come in. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Receive leads',
	executionsHelp: {
		inactive: `${whileBuilding}<br /><br /><b>To receive leads</b>, publish the workflow and paste the production URL at the platform. Leads then show up under Executions, not here.`,
		active: `${whileBuilding}<br /><br /><b>Leads sent to the production URL</b> start the workflow on their own. They show up under <a data-key="executions">Executions</a>, not here.`,
	},
	activationHint: 'Once the workflow is published, leads sent to the production URL start it without this button.',
};
