import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';

/** What an account may cost in a month before somebody gets mail. */
export interface BudgetWish {
  /** US dollars a month. */
  readonly dollars: number;
  readonly mail: string;
}

/**
 * Mail from AWS when the account's costs of a month come near an amount, pass it, or are about to. Of all that is in the
 * account, for what somebody does with the producer's key bears no tag of the house. AWS looks a few times a day, and
 * takes nothing for the first budgets of an account ("Managing your costs with AWS Budgets").
 */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, { dollars, mail }: BudgetWish) {
    super(scope, id);
    const subscribers = [{ subscriptionType: 'EMAIL', address: mail }];
    const over = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: {
        notificationType,
        comparisonOperator: 'GREATER_THAN',
        threshold,
        thresholdType: 'PERCENTAGE',
      },
      subscribers,
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: dollars, unit: 'USD' },
      },
      notificationsWithSubscribers: [over('ACTUAL', 50), over('ACTUAL', 100), over('FORECASTED', 100)],
    });
  }
}
