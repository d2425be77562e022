-- Wrong answers to challenges, by account and network: each one makes that network wait longer for that account, and nobody
-- else. An answer before `next` is not looked at.
CREATE TABLE control.wrong_answer (
  subject text COLLATE "C" PRIMARY KEY,
  wrong integer NOT NULL,
  next bigint NOT NULL
);
CREATE INDEX wrong_answer_next ON control.wrong_answer (next);

-- Attempts were counted by account, for everybody.
DELETE FROM control.attempt WHERE scope = 'account';
